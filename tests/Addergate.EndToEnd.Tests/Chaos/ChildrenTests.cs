using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Chaos;

/// <summary>Processes that the application forked and never waited for, when their worker ends or the server does.
/// </summary>
[Trait("Runs", "once")]
public sealed class ChildrenTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("child", "evict")]
    [InlineData("orphan", "evict")]
    [InlineData("stubborn", "evict")]
    [InlineData("child", "kill")]
    [InlineData("orphan", "kill")]
    [InlineData("stubborn", "kill")]
    public void What_a_worker_left_behind_ends_with_it(string deed, string end)
    {
        using var bystanders = Bystanders.Of(
            $"{deed} left behind, worker ends by {end}", output, "--shutdown-timeout", "1");
        var left = Leave(bystanders, deed);
        var worker = left.Parent;
        if (end == "evict")
        {
            Assert.Equal(0, bystanders.Server.Command("evict", $"{worker}").Status);
        }
        else
        {
            Signals.Send(worker, Signals.Kill);
        }

        Until.True(() => !left.IsAlive, $"the end of {left}", () => bystanders.Server.Logs);
        bystanders.WaitForReplacement([worker]);
        bystanders.Finish();
        if (deed == "stubborn")
        {
            bystanders.Server.WaitForLog($"killed: python3 (pid {left.Id})");
        }

        // Of a killed worker the requests that ran in it, of an evicted one none.
        Assert.True(bystanders.Load.Bad <= (end == "kill" ? 3 : 0), bystanders.Load.ToString());
    }

    [Theory]
    [InlineData("child", "stop")]
    [InlineData("orphan", "stop")]
    [InlineData("stubborn", "stop")]
    [InlineData("stubborn", "stop --now")]
    public void Nothing_of_it_outlives_the_server(string deed, string end)
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--shutdown-timeout", "1"));
        var left = ProcessInfo.Read(Number(Servers.Get(server.Port, $"/misbehaving/{deed}").Text))!;
        Assert.Equal(0, server.Command(end.Split(' ')).Status);

        // Not one moment longer; nobody waits for what was killed.
        Assert.True(deed == "stubborn" || !left.IsAlive, server.Logs);
        Until.True(() => !left.IsAlive, $"the end of {left}", () => server.Logs);
        server.WaitForExit();
        output.WriteLine($"{deed} left behind, {end}: ended with the server");
    }

    [Fact]
    public void What_left_the_workers_group_lives_on()
    {
        using var bystanders = Bystanders.Of("daemon left behind", output, "--shutdown-timeout", "1");
        var daemon = Leave(bystanders, "daemon");
        try
        {
            var stubborn = Leave(bystanders, "stubborn", daemon.Parent);
            Assert.Equal(0, bystanders.Server.Command("evict", $"{daemon.Parent}").Status);
            Until.True(() => !stubborn.IsAlive, "the end of what stayed in it", () => bystanders.Server.Logs);
            Assert.True(daemon.IsAlive);
            bystanders.Finish();
            Assert.Equal(0, bystanders.Load.Bad);
        }
        finally
        {
            Signals.Send(daemon.Id, Signals.Kill);
        }
    }

    [Fact]
    public void What_an_import_left_behind_ends_with_its_template()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", """
            import subprocess
            child = subprocess.Popen(["sleep", "1000"]).pid

            def application(environ, start_response):
                start_response("200 OK", [("Content-Type", "text/plain")])
                return [b"%d" % child]
            """);
        using var server = ServerProcess.Start(new ServerStart { Arguments = [script, "--preload"] });
        var first = ProcessInfo.Read(Number(Servers.Get(server.Port, "/").Text))!;
        Assert.Equal(0, server.Command("reload").Status);
        Until.True(() => !first.IsAlive, "the end of the first one's child", () => server.Logs);
        var second = ProcessInfo.Read(Number(Servers.Get(server.Port, "/").Text))!;
        Assert.Equal(0, server.Stop());
        Assert.False(second.IsAlive, server.Logs);
    }

    /// <summary>Has a worker leave a process behind.</summary>
    private static ProcessInfo Leave(Bystanders bystanders, string deed, int? worker = null) => Until.Some(
        () =>
        {
            using var leaving = bystanders.Misbehave(deed);
            var process = ProcessInfo.Read(Number(leaving.Receive().Text))!;
            if (worker is null || process.Parent == worker)
            {
                return process;
            }

            // The other worker's: it ends with the server.
            return null;
        },
        $"a {deed} of worker {worker}", () => bystanders.Server.Logs);

    private static int Number(string text) => int.Parse(text, provider: null);
}
