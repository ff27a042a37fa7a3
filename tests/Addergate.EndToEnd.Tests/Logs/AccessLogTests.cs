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
    public void Bytes_are_counted_for_each_request_of_a_connection()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--request-buffering", "off", "--http2", "--access-log", "--access-log-format", "%U %I %O %S"));
        string[] requests =
        [
            "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n",
            $"POST /hello/left HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc",
            "GET /hello/after HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            $"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n{new string('z', 9000)}",
            "GET /hello/last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        ];
        using var connection = new Conversation(server.Port);
        var answers = connection.Send(string.Concat(requests)).ReadToEnd(out _);
        Until.True(() => server.Output.Contains("/hello/last ", StringComparison.Ordinal), "the last line", () => server.Logs);
        var lines = Lines();
        long[] received = [.. requests.Select(static request => (long)request.Length)];
        // Nobody has read its body.
        received[1] -= 3;
        Assert.Equal(received, lines.Select(static line => line[0]));
        Assert.Equal(answers.Length, lines.Sum(static line => line[1]));
        Assert.All(lines, static line => Assert.InRange(line[1], 50, long.MaxValue));
        Assert.All(lines, static line => Assert.Equal(line[0] + line[1], line[2]));

        const string Malformed = "GET /x HTTP/1.1\r\nHost : x\r\n";
        using var wrong = new Conversation(server.Port);
        wrong.Send(Malformed).ReadToEnd(out _);
        Tool.Succeed("curl", "-s", "--http2-prior-knowledge", $"http://127.0.0.1:{server.Port}/hello");
        Until.True(() => server.Output.Contains("/hello - - -\n", StringComparison.Ordinal), "HTTP/2", () => server.Logs);
        Assert.Matches(@"\n\S+ ([1-9]\d*) - -\n", server.Output);

        List<long[]> Lines() => [.. server.Output.Split('\n')
            .Where(static line => line.StartsWith("/hello", StringComparison.Ordinal) || line.StartsWith("/echo", StringComparison.Ordinal))
            .Select(static line => line.Split(' ')[1..].Select(static number => long.Parse(number, null)).ToArray())];
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
