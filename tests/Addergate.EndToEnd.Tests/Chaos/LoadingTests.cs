using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Chaos;

/// <summary>Applications that do not load any more while the old one serves.</summary>
[Trait("Runs", "once")]
public sealed class LoadingTests(ITestOutputHelper output)
{
    private const string Good =
        "def application(environ, start_response):\n"
        + "    start_response('200 OK', [('Content-Type', 'text/plain')])\n"
        + "    return [b'ok']\n";

    [Theory]
    [InlineData("raises", "raise RuntimeError('broken')\n", "RuntimeError: broken")]
    [InlineData("hangs", "import time\ntime.sleep(1000)\n", "did not load the application within 1 s")]
    [InlineData("ends the process", "import os\nos._exit(3)\n", "3")]
    [InlineData("crashes", "import ctypes\nctypes.string_at(0)\n", "SIGSEGV")]
    public void A_deployment_that_does_not_load_never_gets_a_request(string what, string code, string explanation)
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", Good);
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments = [script, "--processes", "2", "--startup-timeout", "1"],
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
}
