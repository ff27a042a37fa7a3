using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class LogResolverTests
{
    [Fact]
    public void By_default_errors_go_to_the_terminal_and_accesses_nowhere()
    {
        var logs = Resolve.Good("").Logs;
        Assert.Null(logs.ErrorLog);
        Assert.False(logs.AccessLogEnabled);
    }

    [Theory]
    [InlineData("--access-log", null)]
    [InlineData("--access-log=-", null)]
    [InlineData("--access-log=a.log", "/srv/a.log")]
    [InlineData("--access-log --log-directory logs", "/srv/logs/access_log")]
    [InlineData("--access-log=- --log-directory logs", null)]
    public void The_access_log_has_a_place(string line, string? place)
    {
        var logs = Resolve.Good(line, new FakeMachine().Directory("/srv/logs")).Logs;
        Assert.True(logs.AccessLogEnabled);
        Assert.Equal(place, logs.AccessLog);
    }

    [Fact]
    public void A_log_directory_goes_before_the_terminal_as_in_mod_wsgi_express()
    {
        var machine = new FakeMachine().Directory("/srv/logs");
        Assert.Equal("/srv/logs/error_log", Resolve.Good("--log-directory logs --log-to-terminal", machine).Logs.ErrorLog);
        Assert.Equal(
            "--log-directory: there is no directory /srv/no; make it first", Resolve.Mistake("--log-directory no"));
    }

    [Fact]
    public void Without_terminal_and_directory_the_server_root_has_the_logs() => Assert.Equal(
        "/srv/run/error_log",
        Resolve.Good("--server-root run", new FakeMachine().Set("ADDERGATE_LOG_TO_TERMINAL", "off")).Logs.ErrorLog);

    [Fact]
    public void A_format_without_a_log_is_warned_of() => Assert.Equal(
        ["--access-log-format has no effect without --access-log"],
        Resolve.Line("--access-log-format json").Warnings);
}
