using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Telemetry;

/// <summary><c>--server-metrics</c>: what <c>mod_wsgi.server_metrics()</c> tells an application and a service script.</summary>
public sealed class ServerMetricsTests
{
    private const string Application =
        """
        import json, mod_wsgi
        def application(environ, start_response):
            start_response("200 OK", [("Content-Type", "application/json")])
            return [json.dumps(mod_wsgi.server_metrics()).encode()]
        """;

    [Fact]
    public void It_tells_of_every_process_and_thread()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("app.py", Application);
        using var server = Start(directory, "--server-metrics", "--processes", "2", "--threads", "3");
        var metrics = Ask(server, "/here?secret=1");
        Assert.Equal((2, 3, 1), (Number(metrics, "server_limit"), Number(metrics, "thread_limit"), Number(metrics, "running_generation")));
        var processes = metrics.GetProperty("processes").EnumerateArray().ToArray();
        Assert.Equal(server.Workers().Select(static one => one.Id).Order(), processes.Select(static one => Number(one, "pid")).Order());
        var threads = processes.SelectMany(static one => one.GetProperty("workers").EnumerateArray()).ToArray();
        Assert.Equal(6, threads.Length);
        var busy = Assert.Single(threads, static one => one.GetProperty("status").GetString() == "W");
        Assert.Equal("GET /here HTTP/1.1", busy.GetProperty("request").GetString());
        Assert.Equal("127.0.0.1", busy.GetProperty("client").GetString());
        Assert.Equal(1, threads.Sum(static one => Number(one, "access_count")));
    }

    [Fact]
    public void Unless_it_is_allowed_it_is_None()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("app.py", Application);
        using var server = Start(directory);
        Assert.Equal(JsonValueKind.Null, Ask(server, "/").ValueKind);
    }

    [Fact]
    public void A_stopped_supervisor_keeps_nobody_waiting_for_ever()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("app.py", Application);
        using var server = Start(directory, "--server-metrics");
        Signals.Send(server.Id, Signals.Stop);
        try
        {
            Assert.Equal(JsonValueKind.Null, Ask(server, "/").ValueKind);
        }
        finally
        {
            Signals.Send(server.Id, Signals.Continue);
        }

        Until.True(() => Ask(server, "/").ValueKind == JsonValueKind.Object, "an answer");
    }

    [Fact]
    public void A_service_script_is_told_too()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("app.py", Application);
        directory.Write("service.py", """
            import mod_wsgi, time
            while True:
                metrics = mod_wsgi.server_metrics()
                print("service sees", metrics and len(metrics["processes"]), flush=True)
                time.sleep(0.2)
            """);
        using var server = Start(directory, "--server-metrics", "--processes", "2", "--service-script", "watcher", "service.py");
        server.WaitForLog("service sees 2");
    }

    private static ServerProcess Start(TemporaryDirectory directory, params string[] options) => ServerProcess.Start(
        new ServerStart { Arguments = ["app.py", .. options], WorkingDirectory = directory.Path });

    private static JsonElement Ask(ServerProcess server, string target) =>
        JsonDocument.Parse(Servers.Get(server.Port, target).Body).RootElement;

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
