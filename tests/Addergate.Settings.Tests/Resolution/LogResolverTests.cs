using Addergate.Settings.Model;
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

    [Theory]
    [InlineData("syslog:", SystemLogKind.Syslog, 3, "addergate", "/dev/log")]
    [InlineData("syslog:local3", SystemLogKind.Syslog, 19, "addergate", "/dev/log")]
    [InlineData("syslog:local3:shop-1", SystemLogKind.Syslog, 19, "shop-1", "/dev/log")]
    [InlineData("syslog::shop", SystemLogKind.Syslog, 3, "shop", "/dev/log")]
    [InlineData("journald:", SystemLogKind.Journal, 3, "addergate", "/run/systemd/journal/socket")]
    [InlineData("journald:shop", SystemLogKind.Journal, 3, "shop", "/run/systemd/journal/socket")]
    public void Both_logs_can_go_to_the_systems(string name, SystemLogKind kind, int facility, string tag, string socket)
    {
        var log = new SystemLog(kind, facility, tag, socket);
        foreach (var line in (string[])[
            $"--error-log-name {name} --access-log={name}", $"--error-log-name {name} --access-log --access-log-name {name}",
            $"--error-log-name {name} --access-log={name} --log-directory logs"])
        {
            var result = Resolve.Line(line, new FakeMachine().Directory("/srv/logs"));
            Assert.Empty(result.Mistakes);
            Assert.Empty(result.Warnings);
            var logs = result.Settings!.Logs;
            Assert.Equal((log, log, null, null), (logs.ErrorSystemLog, logs.AccessSystemLog, logs.ErrorLog, logs.AccessLog));
        }
    }

    [Fact]
    public void Their_sockets_can_be_elsewhere()
    {
        var logs = Resolve.Good(
            "--error-log-name syslog: --access-log=journald: --syslog-socket host/log --journal-socket /run/j").Logs;
        Assert.Equal("/srv/host/log", logs.ErrorSystemLog!.Socket);
        Assert.Equal("/run/j", logs.AccessSystemLog!.Socket);
        Assert.Equal("/run/j", logs.JournalSocket);
    }

    [Theory]
    [InlineData("--error-log-name syslog:local9", "names the facility local9, which syslog does not have: user, mail, daemon")]
    [InlineData("--access-log=syslog:daemon:a/b", "has the tag \"a/b\"")]
    [InlineData("--access-log --access-log-name syslog:daemon:a:b", "has the tag \"a:b\"")]
    [InlineData("--error-log-name journald:a]b", "has the tag \"a]b\"")]
    public void What_they_do_not_have_is_a_mistake(string line, string part) =>
        Assert.Contains(part, Resolve.Mistake(line), StringComparison.Ordinal);

    [Fact]
    public void A_socket_has_no_longer_path_than_the_kernel_takes() => Assert.EndsWith(
        "is longer than a socket's path can be (107 bytes)",
        Resolve.Mistake("--error-log-name syslog: --syslog-socket /" + new string('x', 107)),
        StringComparison.Ordinal);

    [Fact]
    public void The_startup_log_is_where_the_others_are_or_in_the_server_root()
    {
        var machine = new FakeMachine().Directory("/srv/logs");
        Assert.Null(Resolve.Good("", machine).Logs.StartupLog);
        Assert.Equal("/srv/logs/startup_log", Resolve.Good("--startup-log --log-directory logs", machine).Logs.StartupLog);
        Assert.Equal(
            "/srv/run/first", Resolve.Good("--startup-log --startup-log-name first --server-root run", machine).Logs.StartupLog);
        Assert.Equal(
            "--startup-log-name: another log is called error_log; give it another name",
            Resolve.Mistake("--startup-log --startup-log-name error_log --log-directory logs", machine));
        Assert.Contains("--startup-log-name has no effect without --startup-log", Resolve.Line("--startup-log-name x").Warnings);
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
    public void The_logs_of_a_directory_have_the_names_of_choice()
    {
        var machine = new FakeMachine().Directory("/srv/logs");
        var logs = Resolve.Good("--log-directory logs --access-log --access-log-name a --error-log-name e", machine).Logs;
        Assert.Equal(("/srv/logs/a", "/srv/logs/e"), (logs.AccessLog, logs.ErrorLog));
        Assert.StartsWith(
            "--access-log-name: \"a/b\" is not a file name",
            Resolve.Mistake("--log-directory logs --access-log-name a/b", machine),
            StringComparison.Ordinal);
        Assert.Equal(
            "--access-log-name and --error-log-name are the same: e; give the two logs different names",
            Resolve.Mistake("--log-directory logs --access-log-name e --error-log-name e", machine));
    }

    [Theory]
    [InlineData("", 5 << 20)]
    [InlineData("--max-log-size 7", 7 << 20)]
    [InlineData("--max-log-size 0.5", 1 << 19)]
    [InlineData("--max-log-size 500K", 500 << 10)]
    public void Files_are_rotated_at_a_size_on_request(string size, long expected) => Assert.Equal(
        expected,
        Resolve.Good($"--log-directory logs --rotate-logs {size}", new FakeMachine().Directory("/srv/logs")).Logs.RotateAt);

    [Theory]
    [InlineData("--rotate-logs", "--rotate-logs has no effect without a log that is a file")]
    [InlineData("--max-log-size 5", "--max-log-size has no effect without --rotate-logs")]
    [InlineData("--error-log-name e", "--error-log-name has no effect without a log directory")]
    public void What_has_no_effect_is_warned_of(string line, string warning) =>
        Assert.Equal([warning], Resolve.Line(line).Warnings);

    [Fact]
    public void A_format_without_a_log_is_warned_of() => Assert.Equal(
        ["--access-log-format has no effect without --access-log"],
        Resolve.Line("--access-log-format json").Warnings);
}
