using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class DevelopmentResolverTests
{
    [Fact]
    public void Debug_mode_is_one_worker_with_one_thread_that_nothing_replaces_or_hurries()
    {
        var settings = Resolve.Good("app.wsgi --debug-mode --processes 4 --threads 8 --preload --maximum-requests 5 "
            + "--inactivity-timeout 9 --restart-interval 9 --memory-limit 100M --reload-on-changes");
        Assert.True(settings.Development.DebugMode);
        Assert.Equal((1, 1, 1), (settings.Main.Workers.Processes, settings.Main.Workers.MaximumProcesses, settings.Main.Workers.Threads));
        Assert.False(settings.Main.Workers.Preload || settings.Main.Workers.ReloadOnChanges);
        Assert.Equal(0, settings.Main.Workers.MaximumRequests + settings.Main.Workers.MemoryLimit);
        var timeouts = settings.Main.Timeouts;
        Assert.All(
            [timeouts.Queue, timeouts.Request, timeouts.Deadlock, timeouts.Startup, timeouts.Inactivity, timeouts.RestartInterval],
            static timeout => Assert.Equal(TimeSpan.Zero, timeout));
    }

    [Fact]
    public void A_time_limit_that_is_written_counts() => Assert.Equal(
        TimeSpan.FromSeconds(7), Resolve.Good("app.wsgi --debug-mode --request-timeout 7").Main.Timeouts.Request);

    [Fact]
    public void What_debug_mode_overrules_is_said() => Assert.Equal(
        ["--processes has no effect with --debug-mode", "--threads has no effect with --debug-mode"],
        Resolve.Line("app.wsgi --debug-mode --threads 2 --processes 2").Warnings);

    [Theory]
    [InlineData("--enable-debugger")]
    [InlineData("--enable-coverage")]
    [InlineData("--enable-profiler")]
    public void What_needs_debug_mode_turns_it_on_and_says_so(string option)
    {
        var result = Resolve.Line($"app.wsgi {option}");
        Assert.True(result.Settings!.Development.DebugMode);
        Assert.Equal([$"{option} turns --debug-mode on: one process with one thread serves"], result.Warnings);
    }

    [Fact]
    public void The_recorder_does_not_need_it()
    {
        var settings = Resolve.Good("app.wsgi --enable-recorder --processes 3");
        Assert.False(settings.Development.DebugMode);
        Assert.Equal(3, settings.Main.Workers.Processes);
        Assert.EndsWith("/archive", settings.Development.RecorderDirectory, StringComparison.Ordinal);
    }

    [Fact]
    public void Directories_are_in_the_server_root_or_where_they_are_named()
    {
        var development = Resolve.Good(
            "app.wsgi --enable-coverage --enable-profiler --profiler-directory p --server-root /srv/root",
            new FakeMachine().Directory("/srv/root")).Development;
        Assert.Equal(("/srv/root/htmlcov", "/srv/p"), (development.CoverageDirectory, development.ProfilerDirectory));
        Assert.Null(development.RecorderDirectory);
    }

    [Fact]
    public void One_terminal_is_for_one_application() => Assert.Equal(
        ["--debug-mode: there are 2 applications and one terminal; start the one that is looked at by itself"],
        Resolve.FileMistakes(
            """{"application": [{"entry-point": "app.wsgi"}, {"entry-point": "app.wsgi", "mount-point": "/two"}]}""",
            "--debug-mode"));

    [Theory]
    [InlineData("app.wsgi --debugger-startup", "--debugger-startup asks for a debugger that is off; add --enable-debugger")]
    [InlineData("--application-type static --debug-mode",
        "there is no application to debug or record; leave --application-type static out")]
    public void Mistakes(string line, string mistake) => Assert.Equal(mistake, Resolve.Mistake(line));

    [Fact]
    public void A_directory_needs_what_writes_there() => Assert.Equal(
        ["--recorder-directory has no effect without --enable-recorder"],
        Resolve.Line("app.wsgi --recorder-directory r").Warnings);
}
