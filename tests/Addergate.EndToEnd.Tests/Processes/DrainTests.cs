using System.Diagnostics;
using System.Net.Sockets;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Processes;

/// <summary>SIGTERM loses nobody who has connected.</summary>
public sealed class DrainTests
{
    private const string Request = "GET /hello HTTP/1.1\r\nHost: test\r\n\r\n";

    [Fact]
    public void A_connection_that_was_accepted_just_before_has_its_request_answered()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance());
        using var fresh = new Conversation(server.Port);
        server.Processes();
        Signals.Send(server.Id, Signals.Terminate);
        server.WaitForLog("stopping");
        var reply = fresh.Send(Request).Receive();
        Assert.Equal("hello\n", reply.Text);
        Assert.Equal("close", reply["Connection"]);
        fresh.AssertClosed();
        Assert.Equal(0, server.WaitForExit());
    }

    [Fact]
    public void The_accept_backlog_is_served_before_the_port_closes()
    {
        const int Clients = 50;
        using var server = ServerProcess.Start(ServerStart.Conformance());
        var frontEnd = server.FrontEnd().Id;
        // Nobody accepts: the kernel completes the connections, and they wait in the backlog.
        Signals.Send(frontEnd, Signals.Stop);
        var clients = Enumerable.Range(0, Clients).Select(_ => new Conversation(server.Port).Send(Request)).ToList();
        Signals.Send(server.Id, Signals.Terminate);
        server.WaitForLog("stopping");
        Signals.Send(frontEnd, Signals.Continue);
        foreach (var client in clients)
        {
            Assert.Equal("hello\n", client.Receive().Text);
            client.Dispose();
        }

        Assert.Equal(0, server.WaitForExit());
    }

    [Fact]
    public void In_the_drain_delay_new_connections_are_welcome_and_every_answer_is_the_last_of_its_connection()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--drain-delay", "2", "--http2"));
        using var old = new Conversation(server.Port);
        Assert.Null(old.Send(Request).Receive()["Connection"]);
        using var held = new HeldRequests(server);
        held.Add();
        held.WaitForWorkers(1);
        server.Processes();
        var watch = Stopwatch.StartNew();
        Signals.Send(server.Id, Signals.Terminate);
        server.WaitForLog("stopping");
        using var body = new Conversation(server.Port);
        var reply = body.Send("POST /upload HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\n12345").Receive();
        Assert.EndsWith(" 5", reply.Text, StringComparison.Ordinal);
        Assert.Equal("close", reply["Connection"]);
        Assert.Equal("close", old.Send(Request).Receive()["Connection"]);
        old.AssertClosed();
        Assert.Contains("GOAWAY", Tool.Succeed("nghttp", "-nv", $"http://127.0.0.1:{server.Port}/hello"));

        held.LetGo();
        Assert.Equal("200", held.Outcomes()[0][..3]);
        Assert.Equal(0, server.WaitForExit());
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(2), $"ended after {watch.Elapsed}");
        Assert.Throws<SocketException>(() => new Conversation(server.Port));
    }

    [Fact]
    public void When_the_last_worker_dies_nobody_waits_for_another()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--threads", "1", "--graceful-timeout", "1h"));
        using var held = new HeldRequests(server);
        held.Add();
        var worker = held.WaitForWorkers(1)[0];
        using var queued = new Conversation(server.Port);
        queued.Send(Request);
        server.Processes();
        Signals.Send(server.Id, Signals.Terminate);
        server.WaitForLog("stopping");
        Signals.Send(worker, Signals.Kill);
        Assert.Equal(503, queued.Receive().Status);
        Assert.Equal(["502"], held.Outcomes());
        server.WaitForExit();
        server.AssertNothingIsLeft();
    }
}
