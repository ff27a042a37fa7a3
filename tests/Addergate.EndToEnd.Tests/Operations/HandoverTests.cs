using System.Globalization;
using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Operations;

/// <summary>One server after another on the same ports, with clients that notice nothing.</summary>
public sealed class HandoverTests(ITestOutputHelper output)
{
    [Fact]
    public void No_connection_is_refused_by_upgrades_and_what_ran_is_finished()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "server.pid");
        using var server = ServerProcess.Start(ServerStart.Conformance("--pid-file", file, "--processes", "2"));
        using var load = new Load(server.Port, 4, "/hello", keepsAlive: false);
        using var held = new HeldRequests(server);
        held.Add();
        var worker = held.WaitForWorkers(1)[0];
        server.Processes();

        var upgrade = server.Command("upgrade");
        Assert.True(upgrade.Status == 0, upgrade.Errors + server.Logs);
        Assert.Equal("Upgraded: the new server serves, and the old one finishes what it runs.\n", upgrade.Output);
        var second = Supervisor(server);
        Assert.NotEqual(server.Id, second);
        Until.True(() => File.ReadAllText(file).Trim() == $"{second}", "the new pid file");
        Assert.False(server.HasExited);
        held.LetGo();
        Assert.Equal([$"200 {worker}"], held.Outcomes());
        Assert.Equal(0, server.WaitForExit());
        Assert.Equal($"{second}", File.ReadAllText(file).Trim());

        // By the signal, as gunicorn's users know it.
        Signals.Send(second, Signals.User2);
        Until.True(() => Supervisor(server) != second, "a third server", () => server.Logs);
        Until.True(() => ProcessInfo.Read(second)?.IsAlive != true, "the second one's end", () => server.Logs);
        load.WaitForGood(300);
        load.Dispose();
        Assert.True(load.Bad == 0, $"{load}\n{server.Logs}");
        Assert.Equal(0, server.Command("stop").Status);
        server.AssertNothingIsLeft();
        Assert.False(File.Exists(file));
        output.WriteLine($"two upgrades: 4 clients saw {load}");
    }

    [Fact]
    public void An_upgrade_that_fails_prints_why_and_changes_nothing()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", Application("one"));
        var file = Path.Combine(directory.Path, "server.pid");
        using var server = ServerProcess.Start(new ServerStart { Arguments = [script, "--pid-file", file] });
        directory.Write("app.py", "raise LookupError('not ready yet')\n");
        var upgrade = server.Command("upgrade");
        Assert.Equal((1, ""), (upgrade.Status, upgrade.Output));
        Assert.Contains("LookupError: not ready yet\n", upgrade.Errors, StringComparison.Ordinal);

        // Found by the command line's own checks, before there is a supervisor.
        File.Delete(script);
        upgrade = server.Command("upgrade");
        Assert.Equal(1, upgrade.Status);
        Assert.Contains($"there is no script {script}", upgrade.Errors, StringComparison.Ordinal);

        Assert.Equal("one", Servers.Get(server.Port, "/").Text);
        Assert.Equal(server.Id, Supervisor(server));
        Assert.Equal($"{server.Id}", File.ReadAllText(file).Trim());
    }

    [Fact]
    public void A_restart_reads_everything_anew_in_the_same_process_while_connections_wait()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", Application("one"));
        using var notify = new NotifySocket();
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments = [script],
            Environment = new Dictionary<string, string?> { ["NOTIFY_SOCKET"] = notify.Path },
        });
        using var load = new Load(server.Port, 4, "/", keepsAlive: false);
        load.WaitForGood(100);
        var frontEnd = server.FrontEnd().Id;
        directory.Write("app.py", Application("two"));
        var restart = server.Command("restart");
        Assert.True(restart.Status == 0, restart.Errors + server.Logs);
        Assert.Equal("Restarted.\n", restart.Output);
        Assert.Equal("two", Servers.Get(server.Port, "/").Text);
        Assert.NotEqual(frontEnd, server.FrontEnd().Id);
        Assert.Equal(server.Id, Supervisor(server));
        // The age of the process would be no measure of this start.
        server.WaitForLog("\nReady.\n");
        Assert.Equal("two", Servers.Get(server.Port, "/").Text);
        load.WaitForGood(100);
        load.Dispose();
        output.WriteLine($"a restart: 4 clients saw {load}");
        Assert.True(load.Bad == 0, $"{load}\n{server.Logs}");
        Assert.Equal(0, server.Command("stop").Status);
        string[] states = ["READY=1", "RELOADING=1", "STOPPING=1"];
        Assert.Equal(
            ["READY=1", "RELOADING=1", "READY=1", "STOPPING=1"],
            notify.Messages.Select(static message => message.Split('\n')[0]).Where(states.Contains));
    }

    [Fact]
    public void The_new_server_is_the_managers_main_process_and_keeps_its_watchdog()
    {
        using var notify = new NotifySocket();
        using var server = ServerProcess.Start(ServerStart.Conformance() with
        {
            Environment = new Dictionary<string, string?>
            {
                ["NOTIFY_SOCKET"] = notify.Path,
                ["WATCHDOG_USEC"] = "200000",
            },
        });
        Assert.Equal(0, server.Command("upgrade").Status);
        var second = Supervisor(server);
        server.WaitForExit();
        var messages = notify.Messages;
        var handedOver = Array.IndexOf(messages, string.Create(CultureInfo.InvariantCulture, $"MAINPID={second}"));
        Assert.True(handedOver > 0, string.Join('\n', messages));
        Assert.DoesNotContain(messages, static message => message.StartsWith("STOPPING", StringComparison.Ordinal));
        notify.WaitFor("READY=1", 2);
        Assert.True(Array.LastIndexOf(notify.Messages, "READY=1") > handedOver);
        var beats = notify.Messages.Count(static message => message == "WATCHDOG=1");
        notify.WaitFor("WATCHDOG=1", beats + 3);
        Assert.Equal(0, server.Command("stop").Status);
    }

    private static int Supervisor(ServerProcess server)
    {
        // Between the old one's letting go and the new one's taking over nobody answers.
        var answer = Until.Some(
            () => server.Command("status", "--json") is { Status: 0 } tool ? tool : null, "an answer", () => server.Logs);
        return JsonDocument.Parse(answer.Output).RootElement[0].GetProperty("processes")[0].GetProperty("pid").GetInt32();
    }

    private static string Application(string answer) =>
        "def application(environ, start_response):\n"
        + "    start_response('200 OK', [('Content-Type', 'text/plain')])\n"
        + $"    return [b'{answer}']\n";
}
