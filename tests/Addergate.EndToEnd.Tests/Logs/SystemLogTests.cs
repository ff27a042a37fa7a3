using System.Text.RegularExpressions;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Logs;

/// <summary>Logs that go to the machine's own.</summary>
public sealed class SystemLogTests : IDisposable
{
    // Has the server believe that its standard error is the journal's.
    private static readonly string[] IntoJournal =
        ["/bin/sh", "-c", "export JOURNAL_STREAM=\"$(stat -L -c %d:%i /proc/self/fd/2)\"; exec \"$@\"", "sh"];

    private readonly TemporaryDirectory _directory = new();

    public SystemLogTests() => _directory.Write(
        "app.py",
        """
        import sys

        def application(environ, start_response):
            if environ["PATH_INFO"] == "/raise":
                raise RuntimeError("first\nsecond")
            print("printed", environ["QUERY_STRING"], file=sys.stderr, flush=True)
            start_response("200 OK", [])
            return [b"x"]
        """);

    private string Socket => Path.Combine(_directory.Path, "log");

    [Fact]
    public void Syslog_gets_both_logs_whole_with_their_severities()
    {
        using var daemon = new SystemLogSocket(Socket);
        using var server = Start(
            "--error-log-name", "syslog:local1:shop", "--access-log=syslog:local2:shop-access", "--syslog-socket", Socket);
        Assert.Equal(200, Servers.Get(server.Port, "/?q", "User-Agent: <0>kernel\u009b2J\r\n").Status);
        Assert.Equal(500, Servers.Get(server.Port, "/raise").Status);

        Assert.Matches(@"^<141>shop\[\d+\]: \d{4}-\d\d-\d\dT\S+Z \[stderr\] \[worker \d+, pid \d+\] printed q$", daemon.WaitFor("printed"));
        var failure = daemon.WaitFor("RuntimeError: first");
        Assert.Matches(@"^<139>shop\[\d+\]: \S+Z \[error\] \[worker \d+, pid \d+\] \[\w{13}\] ", failure);
        Assert.Contains("Traceback (most recent call last):\\n ", failure, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure);
        var access = daemon.WaitFor("GET /?q");
        Assert.Matches(
            $@"^<150>shop-access\[{server.Id}\]: 127\.0\.0\.1 - - \[[^]]+\] ""GET /\?q HTTP/1\.1"" 200 1 ""-"" ""<0>kernel\\x9b2J""$", access);
        server.Stop();
        Assert.DoesNotContain("printed", server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_syslog_that_is_missing_or_restarted_costs_its_records_and_nothing_else()
    {
        using var server = Start(
            "--error-log-name", "syslog:", "--access-log=syslog:", "--syslog-socket", Socket);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(200, Servers.Get(server.Port, $"/?missing{i}").Status);
        }

        // Where somebody looks, since the logs themselves cannot say it.
        for (var round = 0; round < 2; round++)
        {
            var losses = 2 * (round + 1);
            Until.True(() => Losses(server) >= losses, "both losses to be told", () => server.Logs);
            using var daemon = new SystemLogSocket(Socket);
            var target = $"/?round{round}";
            Assert.Equal(200, Servers.Get(server.Port, target).Status);
            daemon.WaitFor($"GET {target} ");
            daemon.WaitFor($"printed round{round}");
            daemon.WaitFor("lines were lost while the log could not be written");
            daemon.WaitFor("access log: ");
            daemon.Dispose();
            Assert.Equal(200, Servers.Get(server.Port, "/?between").Status);
        }
    }

    [Fact]
    public void The_journal_gets_fields()
    {
        using var daemon = new SystemLogSocket(Socket);
        using var server = Start("--error-log-name", "journald:shop", "--access-log=journald:", "--journal-socket", Socket);
        Assert.Equal(500, Servers.Get(server.Port, "/raise").Status);
        var record = daemon.WaitFor("RuntimeError: first");
        Assert.Contains("PRIORITY=3\n", record, StringComparison.Ordinal);
        Assert.Contains("SYSLOG_IDENTIFIER=shop\n", record, StringComparison.Ordinal);
        Assert.Contains("ADDERGATE_SOURCE=worker ", record, StringComparison.Ordinal);
        var id = Regex.Match(record, @"^REQUEST_ID=(\w{13})$", RegexOptions.Multiline).Groups[1].Value;
        Assert.Equal(13, id.Length);
        Assert.Contains("second", record, StringComparison.Ordinal);
        var access = daemon.WaitFor("\"GET /raise HTTP/1.1\" 500");
        Assert.Contains("SYSLOG_IDENTIFIER=addergate\n", access, StringComparison.Ordinal);
        Assert.Contains("MESSAGE=127.0.0.1 - - [", access, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_of_systemd_talks_to_the_journal_without_being_told()
    {
        using var daemon = new SystemLogSocket(Socket);
        using var server = StartInJournal("--journal-socket", Socket);
        Assert.Equal(500, Servers.Get(server.Port, "/raise").Status);
        Assert.Contains("PRIORITY=3\n", daemon.WaitFor("RuntimeError: first"), StringComparison.Ordinal);
        server.Stop();
        Assert.DoesNotContain("RuntimeError", server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_it_cannot_reach_it_each_line_has_its_severity()
    {
        using var server = StartInJournal("--journal-socket", Socket);
        Assert.Equal(500, Servers.Get(server.Port, "/raise").Status);
        server.WaitForLog("RuntimeError: first");
        Assert.Matches(@"(?m)^<3>\S+Z \[error\] \[worker \d+, pid \d+\] \[\w{13}\] ", server.Errors);
        Assert.Matches(@"(?m)^<3>    RuntimeError: first$", server.Errors);
    }

    public void Dispose() => _directory.Dispose();

    private static int Losses(ServerProcess server) => Regex.Count(server.Errors, "nobody receives at");

    private ServerProcess Start(params string[] options) => ServerProcess.Start(
        new ServerStart { Arguments = ["app.py", .. options], WorkingDirectory = _directory.Path });

    private ServerProcess StartInJournal(params string[] options) => ServerProcess.Start(new ServerStart
    {
        Arguments = ["app.py", .. options],
        WorkingDirectory = _directory.Path,
        Wrapper = IntoJournal,
    });
}
