using System.Text.Json;
using System.Text.RegularExpressions;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Services;

/// <summary>Scripts that run beside the workers.</summary>
public sealed class ServiceScriptTests
{
    // Says what it is, writes what it ends by, and waits as people write it.
    private const string Job = """
        import atexit, os, sys, time
        import mod_wsgi, shared
        atexit.register(print, "exit handlers ran")
        print(__name__, sys.argv, mod_wsgi.process_group, shared.VALUE, "DOTNET_gcServer" in os.environ, os.getpid())
        try:
            while True:
                time.sleep(3600)
        except SystemExit:
            print("finishing the job")
            raise
        """;

    [Fact]
    public void A_script_runs_in_the_applications_python_until_the_server_ends_and_may_finish()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("shared.py", "VALUE = 'of the application'\n");
        var script = directory.Write("job.py", Job);
        var log = Path.Combine(directory.Path, "job.log");
        using var server = Start(directory, "--service-script", "job", script, "--service-log-file", "job", log);
        var begun = Until.Some(
            () => Read(log).Split('\n').FirstOrDefault(static line => line.Contains("__main__", StringComparison.Ordinal)),
            "the script's first words",
            () => server.Logs);
        var process = Service(server, "job");
        Assert.Equal("running", process.GetProperty("state").GetString());
        var pid = process.GetProperty("pid").GetInt32();
        Assert.Contains($"[stdout] [job, pid {pid}] __main__ ['{script}'] service:job of the application False {pid}", begun,
            StringComparison.Ordinal);
        Assert.Contains(" service job ", server.Command("status").Output, StringComparison.Ordinal);
        Until.True(() => Regex.IsMatch(server.Logs, "\n  Services +job\n"), "the banner", () => server.Logs);

        Assert.Equal(0, server.Stop());
        server.AssertNothingIsLeft();
        server.WaitForOutput();
        Assert.Contains("finishing the job\n", Read(log), StringComparison.Ordinal);
        Assert.Contains("exit handlers ran\n", Read(log), StringComparison.Ordinal);
        Assert.DoesNotContain("finishing the job", server.Logs, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_that_fails_is_explained_and_started_again_and_at_once_after_a_reload()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("job.py", "def work():\n    raise LookupError('no queue')\n\nwork()\n");
        using var server = Start(directory, "--service-script", "job", script);
        server.WaitForLog("it starts again in 0.");
        server.WaitForLog("] Traceback (most recent call last):\n");
        server.WaitForLog("LookupError: no queue\n");
        Assert.DoesNotContain("_service.py", server.Errors, StringComparison.Ordinal);
        Assert.Equal(200, Servers.Get(server.Port, "/").Status);

        // By then it waits for more than a second.
        Until.True(
            () => server.Errors.Split("LookupError: no queue\n    it starts again in ").Length > 5, "failures", () => server.Logs);
        directory.Write("job.py", "import threading\nprint('works now')\nthreading.Event().wait()\n");
        Assert.Equal(0, server.Command("reload").Status);
        server.WaitForLog("works now");
        var first = Pid(server);
        Assert.Equal(0, server.Command("reload").Status);
        Until.True(() => Pid(server) is var next && next != first && next != 0, "another process", () => server.Logs);

        directory.Write("app.py", "raise LookupError('not ready yet')\n");
        var second = Pid(server);
        Assert.Equal(1, server.Command("reload").Status);
        Assert.Equal(second, Pid(server));
    }

    [Fact]
    public void A_script_that_is_killed_comes_back()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("job.py", "import time\nprint('begun')\ntime.sleep(3600)\n");
        using var server = Start(directory, "--service-script", "job", script);
        server.WaitForLog("begun");
        var first = Pid(server);
        Signals.Send(first, Signals.Kill);
        Until.True(() => Pid(server) is var next && next != first && next != 0, "another process", () => server.Logs);
        server.WaitForLog($"service job (pid {first}) was killed by SIGKILL");
    }

    [Fact]
    public void A_script_that_only_starts_threads_lives_as_long_as_they_do()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write(
            "job.py",
            "import threading\n"
            + "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
            + "import atexit\n"
            + "atexit.register(print, 'ended in good order')\n"
            + "print('begun')\n");
        using var server = Start(directory, "--service-script", "job", script);
        server.WaitForLog("begun");
        Assert.Equal("running", Service(server, "job").GetProperty("state").GetString());
        Assert.Equal(0, server.Stop());
        server.WaitForOutput();
        Assert.Contains("ended in good order", server.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("starts again", server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_that_ignores_its_end_is_killed_after_the_graceful_timeout()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write(
            "job.py",
            "import signal, time\n"
            + "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
            + "print('begun')\n"
            + "time.sleep(3600)\n");
        using var server = Start(directory, "--service-script", "job", script, "--graceful-timeout", "0.2s");
        server.WaitForLog("begun");
        Assert.Equal(0, server.Stop());
        server.WaitForLog("did not end within 0.2 s and is killed");
        server.AssertNothingIsLeft();
    }

    [Fact]
    public void A_second_signal_ends_scripts_at_once_too()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write(
            "job.py",
            "import signal, time\n"
            + "signal.signal(signal.SIGTERM, lambda *_: print('not yet'))\n"
            + "print('begun')\n"
            + "while True:\n"
            + "    time.sleep(3600)\n");
        using var server = Start(directory, "--service-script", "job", script, "--graceful-timeout", "1h");
        server.WaitForLog("begun");
        Signals.Send(server.Id, Signals.Terminate);
        server.WaitForLog("not yet");
        Signals.Send(server.Id, Signals.Terminate);
        server.WaitForExit();
        server.AssertNothingIsLeft();
    }

    [Fact]
    public void As_root_a_script_has_its_own_user()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        using var directory = new TemporaryDirectory();
        var script = directory.Write(
            "job.py", "import os, time\nprint('ids', os.getuid(), os.getgroups(), os.environ['USER'])\ntime.sleep(3600)\n");
        using var server = Start(
            directory, "--user", "nobody", "--service-script", "job", script, "--service-user", "job", "daemon");
        server.WaitForLog("ids 1 [1] daemon");
    }

    private static ServerProcess Start(TemporaryDirectory directory, params string[] options)
    {
        var entry = directory.Write(
            "app.py", "def application(environ, start_response):\n    start_response('200 OK', [])\n    return [b'ok']\n");
        return ServerProcess.Start(new ServerStart
        {
            Arguments = [entry, .. options],
            WorkingDirectory = directory.Path,
        });
    }

    private static JsonElement Service(ServerProcess server, string name) =>
        JsonDocument.Parse(server.Command("status", "--json").Output).RootElement[0].GetProperty("processes").EnumerateArray()
            .Single(process => process.TryGetProperty("name", out var found) && found.GetString() == name);

    private static int Pid(ServerProcess server) => Service(server, "job").GetProperty("pid").GetInt32();

    private static string Read(string file) => File.Exists(file) ? File.ReadAllText(file) : "";
}
