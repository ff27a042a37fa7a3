using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Operations;

/// <summary>The commands for a running server, as a shell runs them.</summary>
public sealed class CommandTests
{
    [Fact]
    public void Status_names_every_process_and_the_json_says_the_same()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--processes", "2", "--threads", "3"));
        var screen = server.Command("status");
        Assert.Equal((0, ""), (screen.Status, screen.Errors));
        var json = JsonDocument.Parse(server.Command("status", "--json").Output).RootElement[0];
        Assert.Equal("serving", json.GetProperty("state").GetString());
        Assert.Equal(server.Port, json.GetProperty("port").GetInt32());
        Assert.Equal(6, json.GetProperty("capacity").GetInt32());
        var pids = json.GetProperty("processes").EnumerateArray().Select(static p => p.GetProperty("pid").GetInt32());
        Assert.Equal([server.Id, server.FrontEnd().Id, .. server.Workers().Select(static w => w.Id)], pids);
        Assert.All(pids, pid => Assert.Contains($" {pid} ", screen.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Reload_waits_and_tells_how_it_went()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", Application("one"));
        using var server = ServerProcess.Start(new ServerStart { Arguments = [script, "--processes", "2"] });
        directory.Write("app.py", Application("two"));
        var good = server.Command("reload");
        Assert.Equal((0, "Reloaded: generation 2 is in force.\n", ""), (good.Status, good.Output, good.Errors));
        Assert.Equal("two", Servers.Get(server.Port, "/").Text);

        directory.Write("app.py", "raise LookupError('not ready yet')\n");
        var bad = server.Command("reload");
        Assert.Equal((1, ""), (bad.Status, bad.Output));
        Assert.Contains("Traceback (most recent call last):\n", bad.Errors, StringComparison.Ordinal);
        Assert.Contains("LookupError: not ready yet\n", bad.Errors, StringComparison.Ordinal);
        Assert.Equal("two", Servers.Get(server.Port, "/").Text);
    }

    [Fact]
    public async Task Stop_returns_when_what_ran_is_finished_and_the_server_has_ended()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance());
        using var held = new HeldRequests(server);
        held.Add();
        var worker = held.WaitForWorkers(1)[0];
        server.Processes();
        var stop = Task.Run(() => server.Command("stop"));
        server.WaitForLog("stopping");
        Assert.False(stop.IsCompleted);
        held.LetGo();
        var stopped = await stop;
        Assert.Equal((0, "Stopped.\n"), (stopped.Status, stopped.Output));
        Assert.Equal([$"200 {worker}"], held.Outcomes());
        Assert.Equal(0, server.WaitForExit());
        Assert.Contains("no server runs", server.Command("status").Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("command")]
    [InlineData("signal")]
    public async Task An_evicted_worker_finishes_what_it_runs_while_another_serves(string means)
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--threads", "1"));
        using var held = new HeldRequests(server);
        held.Add();
        var worker = held.WaitForWorkers(1)[0];
        var evicted = Task.FromResult<Tool?>(null);
        if (means == "command")
        {
            evicted = Task.Run<Tool?>(() => server.Command("evict", $"{worker}"));
        }
        else
        {
            Signals.Send(worker, Signals.User1);
        }

        Assert.Equal("hello\n", Servers.Get(server.Port, "/hello").Text);
        Assert.False(means == "command" && evicted.IsCompleted);
        held.LetGo();
        Assert.Equal([$"200 {worker}"], held.Outcomes());
        Assert.True(await evicted is null or { Status: 0 });
        Until.True(() => server.Workers().All(w => w.Id != worker), "the worker's end", () => server.Logs);
        Assert.Contains("1 × eviction_signal", server.Command("status").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Evicting_what_is_no_worker_fails()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance());
        var evict = server.Command("evict", $"{server.Id}");
        Assert.Equal((1, $"addergate: no worker has the pid {server.Id}\n"), (evict.Status, evict.Errors));
    }

    [Fact]
    public void TTIN_and_TTOU_add_and_remove_a_worker()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance());
        Signals.Send(server.Id, Signals.TerminalInput);
        Until.True(() => Capacity() == 10, "a second worker", () => server.Logs);
        Signals.Send(server.Id, Signals.TerminalOutput);
        Until.True(() => server.Workers().Count == 1, "one worker", () => server.Logs);

        int Capacity() => JsonDocument.Parse(server.Command("status", "--json").Output).RootElement[0]
            .GetProperty("capacity").GetInt32();
    }

    [Fact]
    public void Stop_now_does_not_wait()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--graceful-timeout", "1h"));
        using var held = new HeldRequests(server);
        held.Add();
        held.WaitForWorkers(1);
        server.Processes();
        Assert.Equal(0, server.Command("stop", "--now").Status);
        server.WaitForExit();
        server.AssertNothingIsLeft();
    }

    [Fact]
    public void Reopen_logs_writes_to_new_files()
    {
        using var directory = new TemporaryDirectory();
        using var server = ServerProcess.Start(ServerStart.Conformance("--log-directory", directory.Path));
        var log = Directory.GetFiles(directory.Path).First(static file => file.Contains("error", StringComparison.Ordinal));
        File.Move(log, log + ".1");
        Assert.Equal(0, server.Command("reopen-logs").Status);
        Until.True(() => File.Exists(log) && new FileInfo(log).Length > 0, "a new error log");
    }

    private static string Application(string answer) =>
        "def application(environ, start_response):\n"
        + "    start_response('200 OK', [('Content-Type', 'text/plain')])\n"
        + $"    return [b'{answer}']\n";
}
