using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Status;

public sealed class SlowRequestTests
{
    private const string Application =
        """
        import threading

        gate = threading.Event()

        def application(environ, start_response):
            if environ["PATH_INFO"] == "/open":
                gate.set()
            elif environ["PATH_INFO"] == "/slow":
                wait_for_the_gate()
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [b"done"]

        def wait_for_the_gate():
            gate.wait()
        """;

    [Fact]
    public async Task What_a_request_does_that_runs_for_long_is_in_the_log_and_it_goes_on()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("app.py", Application);
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments = ["app.py", "--slow-requests", "0.2", "--threads", "2"],
            WorkingDirectory = directory.Path,
        });
        var slow = Task.Run(() => Servers.Get(server.Port, "/slow?secret=1"));
        server.WaitForLog("GET /slow?secret=1 has run for longer than --slow-requests, and goes on.");
        server.WaitForLog("in wait_for_the_gate");
        Assert.False(slow.IsCompleted);
        Assert.Equal("done", Servers.Get(server.Port, "/open").Text);
        Assert.Equal("done", (await slow).Text);
        server.WaitForLog("GET /slow?secret=1 has ended after ");
        Assert.DoesNotContain("/open has", server.Errors, StringComparison.Ordinal);
    }
}
