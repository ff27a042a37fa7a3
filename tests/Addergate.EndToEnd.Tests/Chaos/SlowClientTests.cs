using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Chaos;

/// <summary>Clients that take their time, by the hundred.</summary>
[Trait("Runs", "once")]
public sealed partial class SlowClientTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("headers", "-H -i 1 -l 60 -c 200", "/hello", 408)]
    [InlineData("body", "-B -i 1 -s 8192 -l 60 -c 200", "/upload", 408)]
    // 5 bytes a second of 4 MiB each, which is more than the kernel takes off the server's hands.
    [InlineData("read", "-X -n 1 -z 5 -w 1 -y 64 -l 8 -c 50", "/download?blocks=64", 200)]
    public void Slowhttptest_is_cut_off_and_ordinary_clients_are_served(
        string mode, string options, string target, int status)
    {
        Tool.Require("slowhttptest");
        using var directory = new TemporaryDirectory();
        var log = Path.Combine(directory.Path, "access.log");
        using var bystanders = Bystanders.Of(
            $"slowhttptest, slow {mode}", output, $"--access-log={log}", "--header-timeout", "2", "--body-timeout", "2",
            "--response-socket-timeout", "2");
        string[] all =
            [.. options.Split(' '), "-r", "200", "-p", "10", "-u", $"http://127.0.0.1:{bystanders.Server.Port}{target}"];
        var report = Colours().Replace(Tool.Succeed("slowhttptest", all), "");
        bystanders.Finish();
        Assert.Equal(0, bystanders.Load.Bad);
        // It asks for the page itself all the while.
        Assert.Matches("service available: +YES", report);
        Assert.DoesNotMatch("service available: +NO", report);
        if (status == 408)
        {
            // In the last mode it does not look.
            Assert.Contains("No open connections left", report, StringComparison.Ordinal);
        }

        // A request has its record when it is over.
        var connections = int.Parse(options.Split(' ')[^1], CultureInfo.InvariantCulture);
        Until.True(() => Records() >= connections, $"{connections} records of {status}", () => $"{Records()} are there");

        int Records() => File.ReadLines(log).Count(line =>
            line.Contains($" {target} HTTP/1.1\" {status} ", StringComparison.Ordinal)
            && line.Contains("TESTING_PURPOSES_ONLY", StringComparison.Ordinal));
    }

    [Fact]
    public void Clients_that_send_or_read_a_byte_at_a_time_never_hold_the_only_thread()
    {
        // However long this machine takes: it is not their time limits that keep the thread free.
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--processes", "1", "--threads", "1", "--queue-limit", "300", "--header-timeout", "0", "--body-timeout", "0"));
        using var slow = new SlowCrowd(server);
        var load = OpenLoad.Run(
            server.Port, "/hello", 100, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(30), waitsForAll: true);
        output.WriteLine($"with 200 that send and 200 that read a byte at a time: {load}");
        Assert.Equal(load.Outcomes.Count, load.Of(200).Count);
        slow.AssertNoneReachedTheApplication();
        // They are still there, and the only thread is free.
        Until.True(() => Status(server) == (0, 0), "a free thread", () => server.Command("status").Output);
        Assert.Equal(0, slow.Closed);
    }

    [Theory]
    [InlineData("16M")]
    [InlineData("1G")]
    public void Clients_that_take_nothing_are_cut_off_soon_when_others_wait_for_their_threads(string memory)
    {
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--processes", "1", "--threads", "2", "--buffer-memory", memory, "--response-socket-timeout", "600"));
        // Each asks for more than the front end and the kernel hold for one client.
        var stalled = Enumerable.Range(0, 6)
            .Select(_ => new Conversation(server.Port, receiveBuffer: 4096)
                .Send("GET /download?blocks=300 HTTP/1.1\r\nHost: test\r\n\r\n"))
            .ToList();
        Until.True(() => Status(server) == (2, 4), "both threads to be held", () => server.Command("status").Output);
        // It would be 504, after --queue-timeout.
        Assert.Equal(200, Servers.Get(server.Port, "/hello").Status);
        stalled.ForEach(static client => client.Dispose());
    }

    private static (int Running, int Waiting) Status(ServerProcess server)
    {
        var status = JsonDocument.Parse(server.Command("status", "--json").Output).RootElement[0];
        return (status.GetProperty("running").GetInt32(), status.GetProperty("waiting").GetInt32());
    }

    [GeneratedRegex(@"\e\[[0-9;]*m")]
    private static partial Regex Colours();
}
