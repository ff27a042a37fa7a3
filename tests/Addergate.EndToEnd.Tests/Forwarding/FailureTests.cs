using System.Diagnostics;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Forwarding;

/// <summary>Targets and clients that fail.</summary>
public sealed class FailureTests(ForwardingSite site) : IClassFixture<ForwardingSite>
{
    [Fact]
    public void A_target_that_is_not_there_is_502_at_once_and_said_in_the_log()
    {
        using var target = new FakeTarget();
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--proxy-mount-point", "/gone", target.Url, "--proxy-mount-point", "/nosock", "unix:/nonexistent/app.sock",
            "--proxy-mount-point", "/noname", "http://name.invalid/"));
        var url = target.Url;
        target.Dispose();
        Assert.Equal(502, Servers.Get(server.Port, "/gone/x?y").Status);
        Assert.Equal(502, Servers.Get(server.Port, "/nosock/x").Status);
        Assert.Equal(502, Servers.Get(server.Port, "/noname/x").Status);
        server.WaitForLog($"{url}/ did not answer GET /gone/x?y: Connection refused");
        server.WaitForLog("did not answer GET /nosock/x: ");
        server.WaitForLog("did not answer GET /noname/x: ");
    }

    [Fact]
    public void A_silent_target_is_504()
    {
        using var target = new FakeTarget();
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--proxy-mount-point", "/api", target.Url, "--proxy-timeout", "300ms"));
        using var client = new Conversation(server.Port);
        client.Send("GET /api/x HTTP/1.1\r\nHost: test\r\n\r\n");
        using var connection = target.Accept();
        connection.ReceiveRequest();
        Assert.Equal(504, client.Receive().Status);
        connection.AssertClosed();
        server.WaitForLog("did not answer GET /api/x: it was silent for 0.3 s");
    }

    [Fact]
    public void One_that_falls_silent_in_its_answer_is_cut_off_and_one_that_is_slow_is_not()
    {
        using var target = new FakeTarget();
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--proxy-mount-point", "/api", target.Url, "--proxy-timeout", "3s"));
        using var client = new Conversation(server.Port);
        client.Send("GET /api/x HTTP/1.1\r\nHost: test\r\n\r\n");
        using var connection = target.Accept();
        connection.ReceiveRequest();
        connection.Send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
        client.Receive(toHead: true);
        var watch = Stopwatch.StartNew();
        // In all more than the limit, never as much between two.
        for (var i = 0; i < 5; i++)
        {
            Thread.Sleep(700);
            connection.Send("x");
            Assert.Equal("x", client.ReceiveText(1));
        }

        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(3));
        Assert.Equal("", client.ReadToEnd(out var reset));
        Assert.True(reset);
        server.WaitForLog("broke off its answer to GET /api/x, and the client was cut off: it was silent for 3 s");
    }

    [Fact]
    public void The_time_in_which_a_client_sends_its_body_is_not_the_targets()
    {
        using var target = new FakeTarget();
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--proxy-mount-point", "/api", target.Url, "--proxy-timeout", "2s"));
        using var client = new Conversation(server.Port);
        client.Send("POST /api/x HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\n12345");
        using var connection = target.Accept();
        connection.ReceiveRequest(toHead: true);
        Assert.Equal("12345", connection.ReceiveText(5));
        Thread.Sleep(TimeSpan.FromSeconds(3));
        Assert.False(client.HasAnswer);
        client.Send("67890");
        Assert.Equal("67890", connection.ReceiveText(5));
        connection.Send(ForwardingSite.Answer());
        Assert.Equal("ok", client.Receive().Text);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\nxyz\r\n")]
    public void An_answer_that_breaks_off_is_never_taken_for_whole(string answer)
    {
        using var client = site.Ask("/api/broken");
        using var target = site.Target.Accept();
        target.ReceiveRequest();
        var body = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        target.Send(answer[..body]);
        Assert.Equal(200, client.Receive(toHead: true).Status);
        target.Send(answer[body..]).FinishSending();
        client.ReadToEnd(out var reset);
        Assert.True(reset);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "Content-Length: 0\r\n")]
    public void A_request_is_never_sent_twice(string method, string headers)
    {
        using var target = new FakeTarget();
        using var server = ServerProcess.Start(ServerStart.Conformance("--proxy-mount-point", "/api", target.Url));
        // On a new connection, and on one that was kept.
        for (var isKept = false; ; isKept = true)
        {
            using var client = new Conversation(server.Port);
            Ask(client, "/api/first");
            using var connection = target.Accept();
            if (isKept)
            {
                connection.ReceiveRequest();
                connection.Send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                Assert.Equal("ok", client.Receive().Text);
                Ask(client, "/api/second");
            }

            connection.ReceiveRequest();
            connection.FinishSending();
            Assert.Equal(502, client.Receive().Status);
            // Had it been sent again, the connection would be there before the answer.
            Assert.False(target.HasCaller);
            if (isKept)
            {
                return;
            }
        }

        void Ask(Conversation client, string path) =>
            client.Send($"{method} {path} HTTP/1.1\r\nHost: test\r\n{headers}\r\n");
    }

    [Fact]
    public void Connections_are_kept_for_the_next_request_and_one_that_was_closed_is_not_used()
    {
        using var target = new FakeTarget();
        using var server = ServerProcess.Start(ServerStart.Conformance("--proxy-mount-point", "/api", target.Url));
        var kept = Exchange(target.Accept);
        Assert.Same(kept, Exchange(() => kept));
        kept.FinishSending();
        kept.AssertClosed();
        Assert.NotSame(kept, Exchange(target.Accept));

        Conversation Exchange(Func<Conversation> connect)
        {
            using var client = new Conversation(server.Port);
            client.Send("POST /api/x HTTP/1.1\r\nHost: test\r\nContent-Length: 1\r\n\r\nx");
            var connection = connect();
            connection.ReceiveRequest();
            connection.Send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            Assert.Equal("ok", client.Receive().Text);
            return connection;
        }
    }

    [Fact]
    public void A_client_that_goes_away_ends_the_request_to_the_target()
    {
        using (var waiting = site.Ask("/api/waiting"))
        {
            using var target = site.Target.Accept();
            target.ReceiveRequest();
            waiting.Dispose();
            target.AssertClosed();
            site.WaitForAccessLog("GET /api/waiting 499 0");
        }

        using (var sending = site.Ask("/api/sending", "Content-Length: 100\r\n", method: "POST"))
        {
            sending.Send("part");
            using var target = site.Target.Accept();
            target.ReceiveRequest(toHead: true);
            Assert.Equal("part", target.ReceiveText(4));
            sending.Dispose();
            target.AssertClosed();
            site.WaitForAccessLog("POST /api/sending 499 0");
        }

        using var reading = site.Ask("/api/reading");
        using var answering = site.Target.Accept();
        answering.ReceiveRequest();
        answering.Send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart");
        reading.Receive(toHead: true);
        reading.Dispose();
        answering.AssertClosed();
        site.WaitForAccessLog("GET /api/reading 499 4");
    }

    [Fact]
    public void A_client_that_has_finished_sending_still_gets_its_answer()
    {
        using var client = site.Ask("/api/half").FinishSending();
        using var target = site.Target.Accept();
        target.ReceiveRequest();
        target.Send(ForwardingSite.Answer());
        Assert.Equal("ok", client.Receive().Text);
    }

    [Fact]
    public void Errors_are_in_the_access_log_too()
    {
        site.Exchange("/api/no-answer", answer: "");
        site.WaitForAccessLog("GET /api/no-answer 502 16");
    }
}
