using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Security;

/// <summary>Logs that root writes where the application's user has a say: he leads it nowhere, and does not hold it up.</summary>
public sealed class RootsLogsTests : IDisposable
{
    private const string App =
        """
        def application(environ, start_response):
            start_response("200 OK", [])
            print(environ["QUERY_STRING"], file=environ["wsgi.errors"])
            return [b"hello"]
        """;

    private readonly TemporaryDirectory _directory = new();
    private readonly string _script;
    private readonly string _home;
    private readonly string _others;

    public RootsLogsTests()
    {
        if (System.Environment.UserName != "root")
        {
            Assert.Skip("Only root can become somebody else.");
        }

        _script = _directory.Write("app.py", App);
        _home = Directory.CreateDirectory(_directory.In("home")).FullName;
        _others = Directory.CreateDirectory(_directory.In("others")).FullName;
        Directory.CreateDirectory($"{_home}/logs");
        Directory.CreateDirectory($"{_home}/root");
        Tool.Succeed("chown", "-R", "nobody", _home);
    }

    [Theory]
    [InlineData("logs")]
    [InlineData("root")]
    public void A_directory_that_became_a_link_is_not_followed_when_logs_are_reopened(string name)
    {
        // The server root is the user's like the other one.
        var logs = $"{_home}/{name}";
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments = [_script, "--user", "nobody", "--log-directory", logs],
            Root = $"{_home}/root",
        });
        var file = $"{logs}/error_log";
        Directory.Move(logs, $"{logs}.away");
        File.CreateSymbolicLink(logs, _others);
        Tool.Succeed("chown", "-h", "nobody", logs);
        Tool.Succeed("kill", "-USR1", $"{server.Id}");
        Refusals($"{logs}.away/error_log", 1);
        Servers.Get(server.Port, "/?swapped");
        Holds($"{logs}.away/error_log", "swapped");
        Assert.Empty(Directory.GetFileSystemEntries(_others));

        // Put right, it is opened again.
        File.Delete(logs);
        Directory.CreateDirectory(logs);
        Tool.Succeed("chown", "nobody", logs);
        Tool.Succeed("kill", "-USR1", $"{server.Id}");
        Until.True(() => File.Exists(file), "the new file");
        Servers.Get(server.Port, "/?right");
        Holds(file, "right");
        Directory.Delete(logs, recursive: true);
        Directory.Move($"{logs}.away", logs);
    }

    [Fact]
    public void A_link_of_the_users_is_not_followed_on_the_way_to_a_log_directory()
    {
        File.CreateSymbolicLink($"{_home}/link", _others);
        Directory.CreateDirectory($"{_others}/logs");
        Refused("--log-directory", $"{_home}/link/logs");
        Assert.Empty(Directory.GetFileSystemEntries($"{_others}/logs"));
    }

    [Fact]
    public void A_link_of_roots_own_is_followed_to_a_log_directory()
    {
        File.CreateSymbolicLink(_directory.In("link"), _others);
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments = [_script, "--user", "nobody", "--log-directory", _directory.In("link")],
        });
        Servers.Get(server.Port, "/?linked");
        Holds($"{_others}/error_log", "linked");
    }

    [Fact]
    public void A_pipe_of_the_users_holds_up_neither_start_nor_reopening()
    {
        var log = $"{_home}/logs/error_log";
        Tool.Succeed("mkfifo", log);
        Refused("--log-directory", $"{_home}/logs");
        File.Delete(log);
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments = [_script, "--user", "nobody", "--log-directory", $"{_home}/logs"],
        });

        // Without a reader, and with one.
        File.Move(log, $"{log}.1");
        Tool.Succeed("mkfifo", log);
        Tool.Succeed("kill", "-USR1", $"{server.Id}");
        Refusals($"{log}.1", 1);
        Servers.Get(server.Port, "/?without");
        Holds($"{log}.1", "without");
        using var reader = new FileStream(log, FileMode.Open, FileAccess.ReadWrite);
        Tool.Succeed("kill", "-USR1", $"{server.Id}");
        Refusals($"{log}.1", 2);
        Servers.Get(server.Port, "/?reader");
        Holds($"{log}.1", "reader");

        // Nothing but this is in it.
        reader.WriteByte((byte)'x');
        reader.Flush();
        Assert.Equal('x', reader.ReadByte());
    }

    public void Dispose() => _directory.Dispose();

    private static void Holds(string file, string text) =>
        Until.True(() => File.Exists(file) && File.ReadAllText(file).Contains(text, StringComparison.Ordinal), $"{text} in {file}");

    private static void Refusals(string log, int count) => Until.True(
        () => File.ReadAllText(log).Split("again: it is a link, or no file, and ").Length == count + 1, $"{count} refusals in {log}");

    private void Refused(params string[] options)
    {
        using var server = ServerProcess.Launch(new ServerStart { Arguments = [_script, "--user", "nobody", .. options] });
        Assert.Equal(1, server.WaitForExit());
        server.WaitForLog("it is a link, or no file, and ");
    }
}
