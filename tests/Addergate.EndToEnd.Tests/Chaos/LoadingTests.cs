using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Chaos;

/// <summary>Applications that do not load: at the start, at a deployment, when a worker has to be replaced.</summary>
[Trait("Runs", "once")]
public sealed class LoadingTests(ITestOutputHelper output)
{
    private const string Good =
        "def application(environ, start_response):\n"
        + "    start_response('200 OK', [('Content-Type', 'text/plain')])\n"
        + "    return [b'ok']\n";

    // Long enough for an application that does load, on a machine that has other things to do.
    private const string StartupTimeout = "5";

    // What it does, its code, what the log says of it.
    public static TheoryData<string, string, string> Broken => new()
    {
        { "raises", "raise RuntimeError('broken')\n", "RuntimeError: broken" },
        { "hangs", "import time\ntime.sleep(1000)\n", $"did not load the application within {StartupTimeout} s" },
        { "ends the process", "import os\nos._exit(3)\n", "ended with status 3 before it was ready" },
        { "crashes", "import ctypes\nctypes.string_at(0)\n", "SIGSEGV" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_start_that_fails_says_why_and_leaves_nothing(string what, string code, string explanation)
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", code);
        using var server = ServerProcess.Launch(new ServerStart
        {
            Arguments = [script, "--processes", "2", "--startup-timeout", StartupTimeout],
        });
        Assert.Equal(1, server.WaitForExit());
        server.AssertNothingIsLeft();
        server.WaitForLog(explanation);
        output.WriteLine($"a first start that {what}: status {server.ExitCode}, nothing left");
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_deployment_that_does_not_load_never_gets_a_request(string what, string code, string explanation)
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", Good);
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments = [script, "--processes", "2", "--startup-timeout", StartupTimeout],
        });
        Until.True(() => server.Workers().Count == 2, "two workers", () => server.Logs);
        var before = server.Workers().Select(static worker => worker.Id).ToList();
        using var load = new Load(server.Port, 3, "/");
        load.WaitForGood(100);
        directory.Write("app.py", code);
        Signals.Send(server.Id, Signals.Hangup);
        server.WaitForLog("the reload failed");
        server.WaitForLog(explanation);
        load.WaitForGood(100);
        load.Dispose();
        output.WriteLine($"a deployment that {what}: 3 ordinary clients saw {load}");
        Assert.Equal(0, load.Bad);
        Until.True(
            () => server.Workers().Select(static worker => worker.Id).SequenceEqual(before), "the old workers alone",
            () => server.Logs);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_replacement_that_does_not_load_is_tried_again_while_the_others_serve(
        string what, string code, string explanation)
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", Good);
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments = [script, "--processes", "2", "--threads", "2", "--startup-timeout", StartupTimeout],
        });
        Until.True(() => server.Workers().Count == 2, "two workers", () => server.Logs);
        using var load = new Load(server.Port, 3, "/");
        load.WaitForGood(100);
        directory.Write("app.py", code);
        var victim = server.Workers()[0].Id;
        Signals.Send(victim, Signals.Kill);
        server.WaitForLog(explanation);
        load.WaitForGood(100);

        // At once, when the file changes.
        directory.Write("app.py", Good);
        Until.True(() => Capacity(server) == 4, "two workers that serve", () => server.Logs);
        load.WaitForGood(100);
        load.Dispose();
        output.WriteLine($"a replacement that {what}: 3 ordinary clients saw {load}");
        // Those that ran in the one that was killed.
        Assert.True(load.Bad <= 2, load.ToString());
        Assert.Equal(load.Bad, load.Of("502"));
    }

    private static int Capacity(ServerProcess server) => JsonDocument.Parse(server.Command("status", "--json").Output)
        .RootElement[0].GetProperty("capacity").GetInt32();
}
