using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Logs;

public sealed class StartupLogTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void What_is_said_until_the_server_is_ready_is_in_it_and_no_more()
    {
        _directory.Write("app.py", """
            import sys
            print("being loaded", file=sys.stderr, flush=True)

            def application(environ, start_response):
                print("a request", file=sys.stderr, flush=True)
                start_response("200 OK", [])
                return [b"x"]
            """);
        using var server = ServerProcess.Start(Start("--startup-log", "--startup-log-name", "first"));
        Assert.Equal(200, Servers.Get(server.Port, "/").Status);
        server.Stop();
        var lines = File.ReadAllLines(Path.Combine(_directory.Path, "first"));
        Assert.Matches(@"^\S+Z \[stderr\] \[worker \d+, pid \d+\] being loaded$", lines[0]);
        Assert.Matches($@"^\S+Z \[notice\] \[supervisor\] ready: http://127\.0\.0\.1:{server.Port}/?$", lines[^1]);
        Assert.Contains("a request", File.ReadAllText(Path.Combine(_directory.Path, "error_log")), StringComparison.Ordinal);
    }

    [Fact]
    public void Or_why_it_is_not()
    {
        _directory.Write("app.py", "raise RuntimeError(\"not today\")\n");
        using var server = ServerProcess.Launch(Start("--startup-log"));
        Assert.Equal(1, server.WaitForExit());
        var text = File.ReadAllText(Path.Combine(_directory.Path, "startup_log"));
        Assert.Contains("RuntimeError: not today", text, StringComparison.Ordinal);
        Assert.Contains("[supervisor] not started: ", text, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private ServerStart Start(params string[] options) => new()
    {
        Arguments = ["app.py", "--log-directory", _directory.Path, .. options],
        WorkingDirectory = _directory.Path,
    };
}
