using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Setup;

/// <summary>The control script of a server that was set up.</summary>
public sealed class ControlScriptTests
{
    [Fact]
    public void It_starts_a_server_in_the_background_looks_after_it_and_stops_it()
    {
        using var site = new SetUpServer();
        Assert.Equal(0, site.SetUp("--access-log", "--setenv", "A", "x 'y\"").Status);
        var none = site.Ctl("status");
        Assert.Equal((3, "addergatectl: it does not run\n", ""), (none.Status, none.Output, none.Errors));

        var start = site.Ctl("start");
        Assert.Equal((0, $"addergatectl: started, as process {site.ProcessId}\n", ""), (start.Status, start.Output, start.Errors));
        Assert.Equal("one -", Servers.Get(site.Port, "/").Text);
        Assert.Equal((UnixFileMode)0b110_100_000, File.GetUnixFileMode(Path.Combine(site.Root, "logs", "console_log")));
        var process = int.Parse(site.ProcessId!, provider: null);
        Assert.Equal(process, SessionOf(process));
        var status = site.Ctl("status");
        Assert.Equal(0, status.Status);
        Assert.Contains($" {site.ProcessId} ", status.Output, StringComparison.Ordinal);
        var again = site.Ctl("start");
        Assert.Equal((0, $"addergatectl: it runs already, as process {process}\n"), (again.Status, again.Output));

        site.Write("app.py", "two");
        Assert.Equal(0, site.Ctl("reload").Status);
        Assert.Equal("two -", Servers.Get(site.Port, "/").Text);

        var log = Path.Combine(site.Root, "logs", "access_log");
        File.Move(log, log + ".1");
        Assert.Equal(0, site.Ctl("reopen-logs").Status);
        Until.True(() => File.Exists(log), "a new access log");

        var stop = site.Ctl("stop");
        Assert.Equal((0, "addergatectl: stopped\n", ""), (stop.Status, stop.Output, stop.Errors));
        Assert.Equal((3, null), (site.Ctl("status").Status, site.ProcessId));
        Assert.Equal(0, site.Ctl("stop").Status);
    }

    [Fact]
    public void Restart_and_graceful_lose_nothing_and_take_the_settings_as_they_are_now()
    {
        using var site = new SetUpServer();
        site.SetUp();
        site.Ctl("start");
        var file = Path.Combine(site.Root, "addergate.toml");
        using (var load = new Load(site.Port, 4, "/", keepsAlive: false))
        {
            load.WaitForGood(50);
            File.AppendAllText(file, "threads = 3\n");
            var restart = site.Ctl("restart");
            Assert.Equal((0, "Restarted.\n"), (restart.Status, restart.Output));
            load.WaitForGood(50);
            var before = site.ProcessId;
            File.WriteAllText(file, File.ReadAllText(file).Replace("threads = 3", "threads = 7", StringComparison.Ordinal));
            Assert.Equal(0, site.Ctl("graceful").Status);
            Assert.NotEqual(before, site.ProcessId);
            load.WaitForGood(50);
            load.Dispose();
            Assert.True(load.Bad == 0, load.ToString());
        }

        Assert.Contains(" running of 7,", site.Ctl("status").Output, StringComparison.Ordinal);
        File.AppendAllText(file, "treads = 3\n");
        foreach (var command in (string[])["restart", "graceful", "configtest"])
        {
            var refused = site.Ctl(command);
            Assert.Equal(2, refused.Status);
            Assert.Contains("treads is no setting; did you mean threads?", refused.Errors, StringComparison.Ordinal);
        }

        Assert.Equal("one -", Servers.Get(site.Port, "/").Text);
    }

    [Fact]
    public void Variables_come_from_envvars()
    {
        using var site = new SetUpServer();
        site.SetUp();
        File.AppendAllText(Path.Combine(site.Root, "envvars"), "GREETING='good day'\nADDERGATE_THREADS=2\n");
        Assert.Equal(0, site.Ctl("start").Status);
        Assert.Equal("one good day", Servers.Get(site.Port, "/").Text);
        Assert.Contains(" running of 2,", site.Ctl("status").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_that_fails_says_why()
    {
        using var site = new SetUpServer();
        site.SetUp();
        File.WriteAllText(Path.Combine(site.Project, "app.py"), "raise LookupError('no such thing')\n");
        var start = site.Ctl("start");
        Assert.Equal((1, ""), (start.Status, start.Output));
        Assert.EndsWith("addergatectl: the server did not start\n", start.Errors, StringComparison.Ordinal);
        Assert.Contains(
            "no such thing",
            start.Errors + File.ReadAllText(Path.Combine(site.Root, "logs", "error_log")),
            StringComparison.Ordinal);
        Assert.Equal(3, site.Ctl("status").Status);
    }

    [Fact]
    public void A_server_that_was_killed_is_told_from_one_that_was_stopped_and_can_be_started_again()
    {
        using var site = new SetUpServer();
        site.SetUp();
        site.Ctl("start");
        var process = int.Parse(site.ProcessId!, provider: null);
        Signals.Send(process, Signals.Kill);
        Until.True(() => site.Ctl("status") is { Status: 1, Output: "" }, "the end of the supervisor");
        Assert.Equal(0, site.Ctl("start").Status);
        Assert.NotEqual(process, int.Parse(site.ProcessId!, provider: null));
    }

    [Fact]
    public void Any_shell_can_read_it()
    {
        using var site = new SetUpServer();
        site.SetUp();
        Tool.Succeed("sh", "-n", site.Control);
        Tool.Succeed("bash", "--posix", "-n", site.Control);
        var unknown = site.Ctl("begin");
        Assert.Equal(2, unknown.Status);
        Assert.StartsWith("Usage: addergatectl COMMAND\n", unknown.Output, StringComparison.Ordinal);
        Assert.Equal(0, site.Ctl("help").Status);

        // A name with a dollar sign in it is meant.
        Assert.Equal("", Tool.Succeed("shellcheck", "--exclude", "SC2016", site.Control));
    }

    private static int SessionOf(int process) => int.Parse(
        File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[3],
        provider: null);
}
