using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Processes;

/// <summary>SIGKILL of any one role, under load. What clients saw is printed.</summary>
public sealed class KillingTests(ITestOutputHelper output)
{
    private const int Clients = 4;

    [Fact]
    public void A_killed_worker_costs_its_running_requests_and_is_replaced()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--processes", "2", "--threads", "3"));
        Until.True(() => server.Workers().Count == 2, "two workers");
        using var load = new Load(server.Port, Clients, "/hello");
        load.WaitForGood(500);
        for (var round = 0; round < 3; round++)
        {
            var victim = server.Workers()[0];
            Signals.Send(victim.Id, Signals.Kill);
            Until.True(
                () => server.Workers() is { Count: 2 } workers && workers.All(w => w.Id != victim.Id),
                "a replacement", () => server.Logs);
            load.WaitForGood(500);
        }

        load.Dispose();
        output.WriteLine($"worker killed 3 times under {Clients} clients: {load}");
        // At most the requests that ran in it, each a 502 on a connection that lives on.
        Assert.True(load.Bad <= 3 * 3, load.ToString());
        Assert.Equal(load.Bad, load.Of("502"));
    }

    [Fact]
    public void Requests_that_run_in_a_killed_worker_get_502_and_the_others_never_notice()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--processes", "2", "--threads", "1"));
        using var held = new HeldRequests(server);
        Until.True(() => server.Workers().Count == 2, "two workers");
        held.Add();
        held.Add();
        var workers = held.WaitForWorkers(2);

        // Every slot is taken: this one waits in the queue. It has not been started, so it must survive.
        using var queued = new Conversation(server.Port);
        queued.Send("GET /hello HTTP/1.1\r\nHost: test\r\n\r\n");
        Signals.Send(workers[0], Signals.Kill);
        Assert.Equal("hello\n", queued.Receive().Text);

        held.LetGo();
        Assert.Equal([$"200 {workers[1]}", "502"], held.Outcomes());
    }

    [Fact]
    public void A_killed_front_end_is_back_without_the_application_being_loaded_again()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--processes", "2", "--threads", "3"));
        Until.True(() => server.Workers().Count == 2, "two workers");
        var workers = server.Workers().Select(static w => w.Id).ToList();
        using var load = new Load(server.Port, Clients, "/hello");
        load.WaitForGood(500);
        for (var round = 0; round < 3; round++)
        {
            var victim = server.FrontEnd();
            var watch = System.Diagnostics.Stopwatch.StartNew();
            Signals.Send(victim.Id, Signals.Kill);
            Until.True(() => !victim.IsAlive, "its end");
            // The kernel takes the connection at once, since the port stayed open; the answer comes from the new one.
            Assert.Equal(200, Servers.Get(server.Port, "/hello").Status);
            output.WriteLine($"front end back after {watch.ElapsedMilliseconds} ms");
            load.WaitForGood(500);
        }

        load.Dispose();
        output.WriteLine($"front end killed 3 times under {Clients} clients: {load}");
        Assert.Equal(workers, server.Workers().Select(static w => w.Id));
        // Nobody is refused: the ports stay open. Each client loses at most the request it was waiting for.
        Assert.Equal(load.Bad, load.Of("no answer"));
        Assert.True(load.Bad <= 3 * Clients, load.ToString());
    }

    [Fact]
    public void A_killed_supervisor_takes_everything_with_it()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--processes", "2", "--threads", "3"));
        using var load = new Load(server.Port, Clients, "/hello");
        load.WaitForGood(500);
        Assert.True(server.Processes().Count >= 3);
        Signals.Send(server.Id, Signals.Kill);
        server.WaitForExit();
        server.AssertNothingIsLeft();
        load.Dispose();
        output.WriteLine($"supervisor killed under {Clients} clients: {load.Good} answered before");
    }

    [Fact]
    public void A_worker_that_cannot_start_again_does_not_take_the_others_along()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write("app.py", File.ReadAllText(Path.Combine(Layout.Repository, "examples/hello/hello.wsgi")));
        using var server = ServerProcess.Start(new ServerStart { Arguments = [script, "--processes", "2"] });
        Until.True(() => server.Workers().Count == 2, "two workers");
        directory.Write("app.py", "raise RuntimeError('broken by an edit')\n");
        Signals.Send(server.Workers()[0].Id, Signals.Kill);
        server.WaitForLog("broken by an edit");
        for (var count = 0; count < 20; count++)
        {
            Assert.Equal(200, Servers.Get(server.Port, "/").Status);
        }
    }
}
