using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Telemetry;

/// <summary><c>--enable-telemetry</c>: the page's own listener, seen from this machine.</summary>
public sealed class TelemetryPageTests
{
    private const string Local = "Host: localhost\r\n";

    [Fact]
    public void It_tells_of_every_request_by_status_and_time()
    {
        using var server = Start("--processes", "2", "--threads", "3");
        var page = PageOf(server);
        Assert.Equal(200, Servers.Get(server.Port, "/environ?secret=1").Status);
        Assert.Equal(200, Servers.Get(server.Port, "/environ").Status);
        var state = Sampled(page, static state => Requests(state) == 2);
        var last = state.GetProperty("samples").EnumerateArray().Last().GetProperty("applications")[0];
        Assert.Equal(6, last.GetProperty("capacity").GetInt32());
        var workers = state.GetProperty("server").GetProperty("processes").EnumerateArray()
            .Where(static process => process.GetProperty("role").GetString() == "worker").ToArray();
        Assert.Equal(server.Workers().Select(static worker => worker.Id).Order(), workers.Select(static worker => worker.GetProperty("pid").GetInt32()).Order());
        Assert.All(workers, static worker => Assert.True(worker.GetProperty("memory_bytes").GetInt64() > 0));
        Assert.Equal(6, state.GetProperty("threads").EnumerateArray().Sum(static worker => worker.GetProperty("running").GetArrayLength()));

        var metrics = Get(page, "/metrics");
        Assert.StartsWith("text/plain; version=0.0.4", metrics["Content-Type"], StringComparison.Ordinal);
        Assert.Contains("addergate_requests_total{application=\"main\",status=\"2xx\"} 2\n", metrics.Text, StringComparison.Ordinal);
        Assert.Contains("addergate_request_duration_seconds_count{application=\"main\"} 2\n", metrics.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", metrics.Text + state, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_a_reader_does_not_know_is_told_again()
    {
        using var server = Start();
        var page = PageOf(server);
        var first = Sampled(page, static state => state.GetProperty("samples").GetArrayLength() >= 2);
        var known = first.GetProperty("samples").EnumerateArray().Last().GetProperty("number").GetInt64();
        Assert.All(
            State(page, $"?since={known}").GetProperty("samples").EnumerateArray(),
            sample => Assert.True(sample.GetProperty("number").GetInt64() > known));
    }

    [Fact]
    public void A_name_that_somebody_let_point_here_is_refused()
    {
        using var server = Start();
        var page = PageOf(server);
        foreach (var path in (string[])["/", "/api/state", "/metrics"])
        {
            Assert.Equal(421, Get(page, path, "Host: evil.example\r\n").Status);
            Assert.Equal(200, Get(page, path, "Host: 127.0.0.1:8888\r\n").Status);
        }

        var reply = Get(page, "/");
        Assert.Equal("text/html; charset=utf-8", reply["Content-Type"]);
        Assert.StartsWith("default-src 'none'", reply["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal("no-store", reply["Cache-Control"]);
        Assert.Equal(405, Get(page, "/", method: "POST").Status);
        Assert.Equal(404, Get(page, "/elsewhere").Status);
    }

    [Fact]
    public void It_outlives_the_front_end_and_a_reload()
    {
        using var server = Start();
        var page = PageOf(server);
        var before = State(page).GetProperty("started").GetDouble();
        Signals.Send(server.FrontEnd().Id, Signals.Kill);
        Until.True(() => FreePorts.Answers(page) && TryState(page) is { } now && now.GetProperty("started").GetDouble() > before, "a new front end answers for the page", () => server.Logs);
        Assert.Equal(0, server.Command("reload").Status);
        var state = Sampled(page, static state => state.TryGetProperty("server", out var snapshot) && snapshot.GetProperty("generation").GetInt32() == 2);
        Assert.Contains(
            state.GetProperty("server").GetProperty("events").EnumerateArray(),
            static happened => happened.GetProperty("process").GetString() == "front end" && happened.GetProperty("what").GetString() == "ended");
        Assert.Equal(0, server.Stop());
        Assert.False(FreePorts.Answers(page));
    }

    [Fact]
    public async Task A_slow_request_is_shown_while_it_runs_and_afterwards()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("app.py", """
            import threading
            gate = threading.Event()
            def application(environ, start_response):
                if environ["PATH_INFO"] == "/slow":
                    gate.wait()
                else:
                    gate.set()
                start_response("200 OK", [("Content-Type", "text/plain")])
                return [b"done"]
            """);
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments = ["app.py", "--enable-telemetry", "--telemetry-ui-port", "0", "--slow-requests", "0.2", "--threads", "2"],
            WorkingDirectory = directory.Path,
        });
        var page = PageOf(server);
        var slow = Task.Run(() => Servers.Get(server.Port, "/slow?secret=1"));
        var running = Sampled(page, static state => state.GetProperty("slow_running").GetArrayLength() == 1).GetProperty("slow_running")[0];
        Assert.Equal("/slow", running.GetProperty("path").GetString());
        Assert.False(running.TryGetProperty("status", out _));
        Assert.Equal("done", Servers.Get(server.Port, "/open").Text);
        Assert.Equal(200, (await slow).Status);
        var state = Sampled(page, static state => state.GetProperty("slow_ended").GetArrayLength() == 1);
        Assert.Equal(200, state.GetProperty("slow_ended")[0].GetProperty("status").GetInt32());
        Assert.Equal(0, state.GetProperty("slow_running").GetArrayLength());
        Assert.DoesNotContain("secret", state.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_is_taken_is_told_at_the_start()
    {
        using var other = Start();
        using var server = ServerProcess.Launch(ServerStart.Conformance(
            "--enable-telemetry", "--telemetry-ui-port", $"{PageOf(other)}"));
        Assert.NotEqual(0, server.WaitForExit());
        server.WaitForLog("the port is in use. Stop what uses it, or choose another with --telemetry-ui-port.");
    }

    private static ServerProcess Start(params string[] options) => ServerProcess.Start(
        ServerStart.Conformance(["--enable-telemetry", "--telemetry-ui-port", "0", "--telemetry-interval", "0.5", .. options]));

    private static int PageOf(ServerProcess server)
    {
        var url = JsonDocument.Parse(server.Command("status", "--json").Output).RootElement;
        url = url.ValueKind == JsonValueKind.Array ? url[0] : url;
        return new Uri(url.GetProperty("telemetry_url").GetString()!).Port;
    }

    private static long Requests(JsonElement state) => state.GetProperty("samples").EnumerateArray()
        .Sum(static sample => sample.GetProperty("applications")[0].GetProperty("requests").GetInt64());

    private static JsonElement Sampled(int page, Func<JsonElement, bool> condition)
    {
        JsonElement state = default;
        Until.True(() => condition(state = State(page)), "the page's figures", () => state.ToString());
        return state;
    }

    private static JsonElement State(int page, string query = "") =>
        JsonDocument.Parse(Get(page, "/api/state" + query).Body).RootElement;

    private static JsonElement? TryState(int page)
    {
        try
        {
            return State(page);
        }
        catch (Exception gone) when (gone is IOException or System.Net.Sockets.SocketException or JsonException)
        {
            return null;
        }
    }

    private static Reply Get(int page, string target, string host = Local, string method = "GET")
    {
        using var conversation = new Conversation(page);
        return conversation.Send($"{method} {target} HTTP/1.1\r\n{host}\r\n").Receive(method == "HEAD");
    }
}
