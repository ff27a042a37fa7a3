using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Processes;

/// <summary>Workers that are replaced while they serve, and a pool that changes its size.</summary>
public sealed class RecyclingTests(ITestOutputHelper output)
{
    [Fact]
    public void Worn_out_workers_are_replaced_under_load_and_no_request_is_lost()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--processes", "2", "--maximum-requests", "300", "--log-level", "info"));
        var first = server.Workers().ConvertAll(static worker => worker.Id);
        using var load = new Load(server.Port, 4, "/hello");
        Until.True(() => Count(server, "maximum_requests") >= 8, "eight replacements", () => server.Logs);
        load.WaitForGood(200);
        Assert.DoesNotContain(server.Workers(), worker => first.Contains(worker.Id));
        load.Dispose();
        output.WriteLine($"{Count(server, "maximum_requests")} workers replaced; clients saw {load}");
        Assert.True(load.Bad == 0, load.ToString());
    }

    [Fact]
    public void A_worker_serves_on_until_the_application_can_be_loaded_again()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", Application("one"));
        using var server = ServerProcess.Start(new ServerStart
        {
            Arguments = [script, "--processes", "1", "--maximum-requests", "100", "--recycle-jitter", "0"],
        });
        directory.Write("app.py", "raise LookupError('half written')\n");
        using var load = new Load(server.Port, 2, "/");
        Until.True(() => Count(server, "half written") >= 3, "three failed starts", () => server.Logs);
        load.WaitForGood(200);
        Assert.Equal("one", Servers.Get(server.Port, "/").Text);
        directory.Write("app.py", Application("two"));
        Until.True(() => Servers.Get(server.Port, "/").Text == "two", "the replacement", () => server.Logs);
        load.Dispose();
        Assert.True(load.Bad == 0, load.ToString());
    }

    [Fact]
    public void An_idle_worker_is_replaced_once_it_has_served()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--processes", "2", "--threads", "1", "--inactivity-timeout", "1", "--ignore-activity", "/hello",
            "--log-level", "info"));
        Until.True(() => server.Workers().Count == 2, "two workers", () => server.Logs);
        var before = server.Workers().ConvertAll(static worker => worker.Id);
        using (var load = new Load(server.Port, 1, "/hello"))
        {
            // Pings go on all the while and do not count.
            var pid = Servers.Get(server.Port, "/process").Text;
            server.WaitForLog("inactivity_timeout");
            Until.True(
                () => server.Workers() is { Count: 2 } now && now.Any(worker => !before.Contains(worker.Id)),
                "a replacement", () => server.Logs);
            Assert.True(load.Bad == 0, load.ToString());
            Assert.Contains(before, id => pid.Contains($"{id}", StringComparison.Ordinal));
        }

        Assert.Equal(1, Count(server, "inactivity_timeout"));
    }

    [Fact]
    public void The_pool_grows_while_requests_wait()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--processes", "1", "--maximum-processes", "3", "--threads", "1"));
        using var held = new HeldRequests(server);
        for (var i = 0; i < 4; i++)
        {
            held.Add();
        }

        var workers = held.WaitForWorkers(3);
        Assert.Equal(3, server.Workers().Count);
        held.LetGo();
        Assert.All(held.Outcomes(), outcome => Assert.Contains(outcome[4..], workers.ConvertAll(static id => $"{id}")));
    }

    [Fact]
    public void A_changed_script_is_loaded_when_that_is_asked_for()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", Application("one"));
        using var server = ServerProcess.Start(new ServerStart { Arguments = [script, "--reload-on-script-change"] });
        using var load = new Load(server.Port, 2, "/");
        load.WaitForGood(50);
        directory.Write("app.py", Application("two"));
        Until.True(() => Servers.Get(server.Port, "/").Text == "two", "the new application", () => server.Logs);
        load.Dispose();
        Assert.True(load.Bad == 0, load.ToString());
    }

    private static int Count(ServerProcess server, string text) => server.Errors.Split(text).Length - 1;

    private static string Application(string answer) =>
        "def application(environ, start_response):\n"
        + "    start_response('200 OK', [('Content-Type', 'text/plain')])\n"
        + $"    return [b'{answer}']\n";
}
