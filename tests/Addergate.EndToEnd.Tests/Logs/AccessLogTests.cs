using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Logs;

/// <summary>The access log as the real program writes it.</summary>
public sealed class AccessLogTests
{
    [Fact]
    public void A_format_in_apaches_notation_gives_its_lines_and_no_client_can_forge_one()
    {
        const string Format = "%h|%k|%>s|%m|%U|%q|%{X-Hostile}i|%{Content-Type}o|%{sid}C|%{SITE}e|%{queue}n|%L|%X \"%r\"";
        using var server = ServerProcess.Start(
            ServerStart.Conformance("--setenv", "SITE", "main", "--access-log", "--access-log-format", Format));
        using (var connection = new Conversation(server.Port))
        {
            connection.Send("GET /hello?a|b HTTP/1.1\r\nHost: x\r\nX-Hostile: a|b \"c\\ \u009b2J\r\nCookie: sid=7\r\n\r\n");
            connection.Receive();
            connection.Send("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            connection.Receive();
        }

        Until.True(() => server.Output.Contains(" \"GET /hello HTTP/1.1\"\n", StringComparison.Ordinal), "the second line");
        var lines = server.Output.Split('\n').Where(static line => line.Contains("\"GET /hello", StringComparison.Ordinal));
        Assert.Collection(
            lines,
            static line => Assert.Matches(
                """
                ^127\.0\.0\.1\|0\|200\|GET\|/hello\|\?a\\x7cb\|a\\x7cb\\x20\\"c\\\\\\x20\\x9b2J\|text/plain[^|]*\|7\|main\|0\.\d{6}\|\w{13}\|\+ "GET /hello\?a\|b HTTP/1\.1"$
                """.Trim(),
                line),
            static line => Assert.Matches(
                """^127\.0\.0\.1\|1\|200\|GET\|/hello\|\|-\|text/plain[^|]*\|-\|main\|0\.\d{6}\|\w{13}\|- "GET /hello HTTP/1\.1"$""",
                line));
    }

    [Fact]
    public void Json_tells_how_long_a_request_waited_for_a_thread()
    {
        using var server = ServerProcess.Start(
            ServerStart.Conformance("--threads", "1", "--access-log", "--access-log-format", "json"));
        Assert.Equal(200, Servers.Get(server.Port, "/hello").Status);
        Until.True(() => server.Output.Contains("/hello", StringComparison.Ordinal) && server.Output.EndsWith('\n'), "a line");
        var line = server.Output.Split('\n').First(static line => line.Contains("/hello", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(line);
        var queued = json.RootElement.GetProperty("queue_time").GetDouble();
        Assert.InRange(queued, 0, json.RootElement.GetProperty("duration").GetDouble());
    }
}
