using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Processes;

/// <summary>Each reason for which a worker can be asked to end, brought about in the real program: the application's hooks
/// are told it by its name, and it is counted.</summary>
[Trait("Runs", "once")]
public sealed class ShutdownReasonTests
{
    private const string Application = """
        import time
        import mod_wsgi

        kept = []

        @mod_wsgi.subscribe_events
        def on_event(name, **event):
            if name == "process_stopping":
                print("event because of", event["shutdown_reason"])

        @mod_wsgi.subscribe_shutdown
        def on_shutdown(name, **event):
            print("shutdown because of", event["shutdown_reason"])

        def application(environ, start_response):
            if environ["PATH_INFO"] == "/leak":
                kept.append(b"x" * (200 << 20))
            if environ["PATH_INFO"] == "/burn":
                until = time.thread_time() + 0.5
                while time.thread_time() < until:
                    pass
            if environ["PATH_INFO"] == "/sleep":
                time.sleep(1000)
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [b"ok"]
        """;

    [Theory]
    [InlineData("shutdown_signal", "", "stop")]
    [InlineData("graceful_signal", "", "reload")]
    [InlineData("eviction_signal", "", "evict")]
    [InlineData("maximum_requests", "--maximum-requests 1", "/")]
    [InlineData("restart_interval", "--restart-interval 1", "")]
    [InlineData("inactivity_timeout", "--inactivity-timeout 1", "/")]
    [InlineData("request_timeout", "--request-timeout 0.5 --interrupt-timeout 0.5 --graceful-timeout 0.5", "/sleep")]
    [InlineData("cpu_time_limit", "--cpu-time-limit 3", "/burn /burn /burn /burn /burn /burn")]
    [InlineData("memory_limit", "--memory-limit 150M", "/leak")]
    [InlineData("script_reload", "--reload-on-script-change", "write")]
    [InlineData("pool_shrink", "--processes 2", "TTOU")]
    public void A_reason_reaches_the_hooks_by_its_name_and_is_counted(string reason, string options, string deed)
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", Application);
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments = [script, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
        });
        foreach (var step in deed.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Do(step, server, directory);
        }

        server.WaitForLog($"event because of {reason}");
        server.WaitForLog($"shutdown because of {reason}");
        if (reason != "shutdown_signal")
        {
            Until.True(() => Recycled(server).Contains(reason), $"{reason} in the counts", () => server.Logs);
        }
    }

    private static void Do(string step, ServerProcess server, TemporaryDirectory directory)
    {
        switch (step)
        {
            case "stop" or "reload":
                Assert.Equal(0, server.Command(step).Status);
                break;
            case "evict":
                Assert.Equal(0, server.Command("evict", $"{server.Workers()[0].Id}").Status);
                break;
            case "write":
                directory.Write("app.py", Application + "\n");
                break;
            case "TTOU":
                // One that is still starting would go first, and has no hooks yet.
                Until.True(() => Status(server).GetProperty("capacity").GetInt32() == 10, "two workers", () => server.Logs);
                Signals.Send(server.Id, Signals.TerminalOutput);
                break;
            default:
                Assert.Equal(step == "/sleep" ? 504 : 200, Servers.Get(server.Port, step).Status);
                break;
        }
    }

    private static IEnumerable<string> Recycled(ServerProcess server) =>
        Status(server).GetProperty("recycled").EnumerateObject().Select(static reason => reason.Name);

    private static JsonElement Status(ServerProcess server) =>
        JsonDocument.Parse(server.Command("status", "--json").Output).RootElement[0];
}
