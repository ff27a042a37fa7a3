using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Forwarding;

/// <summary>Targets that answer while the body of the request still comes.</summary>
public sealed class EarlyAnswerTests
{
    private const string Refusal = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno";

    [Theory]
    [InlineData("Content-Length: 900000\r\n", "")]
    [InlineData("Transfer-Encoding: chunked\r\n", "DBBA0\r\n")]
    public void A_target_that_answers_and_closes_before_it_has_read_all_is_heard(string framing, string start)
    {
        using var site = new MountedTarget();
        var (client, target) = site.Ask(framing, "POST");
        client.Send(start + new string('x', 100_000));
        // Unread bytes make a reset of it.
        target.Send(Refusal).Dispose();
        var reply = client.Receive();
        Assert.Equal((401, "no"), (reply.Status, reply.Text));
        client.Dispose();

        // Also when the client sends on.
        (client, target) = site.Ask(framing, "POST");
        target.Send(Refusal).Dispose();
        client.Send(start + new string('x', 900_000));
        Assert.Equal(401, client.Receive().Status);
        client.Dispose();
        Assert.DoesNotContain("[error]", site.Server.Logs, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_answers_and_then_neither_reads_nor_closes_is_heard()
    {
        using var site = new MountedTarget();
        var (client, target) = site.Ask("Content-Length: 900000\r\n", "POST");
        target.Send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno");
        var reply = client.Receive();
        Assert.Equal((413, "no"), (reply.Status, reply.Text));
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n", true)]
    [InlineData("Content-Length: 15\r\n", false)]
    public void Question_and_answer_may_go_piece_by_piece(string framing, bool isChunked)
    {
        using var site = new MountedTarget();
        var (client, target) = site.Ask(framing, "POST");
        target.Send("HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n");
        Assert.Equal(200, client.Receive(toHead: true).Status);
        foreach (var piece in (string[])["first", "secnd", "third"])
        {
            client.Send(isChunked ? $"5\r\n{piece}\r\n" : piece);
            Assert.Equal(isChunked ? $"5\r\n{piece}\r\n" : piece, target.ReceiveText(isChunked ? 10 : 5));
            target.Send(piece);
            Assert.Equal(piece, client.ReceiveText(5));
        }
    }

    [Fact]
    public async Task More_than_the_buffers_hold_may_go_both_ways_at_once()
    {
        const int Length = 60_000_000;
        using var site = new MountedTarget("--limit-request-body", "0");
        var (client, target) = site.Ask($"Content-Length: {Length}\r\n", "POST");
        var body = new byte[Length];
        new Random(7).NextBytes(body);
        target.Send($"HTTP/1.1 200 OK\r\nContent-Length: {Length}\r\n\r\n");
        var sending = Task.Run(() => client.Send(body));
        var echoing = Task.Run(() =>
        {
            for (var left = Length; left > 0;)
            {
                var piece = target.ReceiveBytes(Math.Min(left, 50_000));
                target.Send(piece);
                left -= piece.Length;
            }
        });
        Assert.Equal(body, client.Receive().Body);
        await Task.WhenAll(sending, echoing).WaitAsync(Until.Deadline);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n", "5\r\nfirst\r\n", "4\r\nrest\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 9\r\n", "first", "rest")]
    public void A_target_that_has_answered_gets_the_rest_all_the_same_and_the_next_request(
        string framing, string first, string rest)
    {
        using var site = new MountedTarget();
        var (client, target) = site.Ask(framing, "POST");
        client.Send(first);
        Assert.Equal(first, target.ReceiveText(first.Length));
        target.Send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        Assert.Equal("ok", client.Receive().Text);
        client.Send(rest);
        Assert.Equal(rest, target.ReceiveText(rest.Length));
        // On the same connections.
        client.Send("GET /api/next HTTP/1.1\r\nHost: test\r\n\r\n");
        Assert.Equal("GET /next HTTP/1.1", target.ReceiveRequest().StatusLine);
        target.Send(ForwardingSite.Answer());
        Assert.Equal("ok", client.Receive().Text);
    }

    [Fact]
    public void A_client_that_leaves_its_body_unfinished_after_the_answer_ends_both()
    {
        using var site = new MountedTarget();
        var (client, target) = site.Ask("Content-Length: 9\r\n", "POST");
        target.Send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        Assert.Equal("ok", client.Receive().Text);
        client.Dispose();
        target.AssertClosed();
        (client, target) = site.Ask("Content-Length: 9\r\n", "POST");
        target.Send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        Assert.Equal("ok", client.Receive().Text);
        client.FinishSending();
        target.AssertClosed();
        (client, target) = site.Ask();
        target.Send(ForwardingSite.Answer());
        Assert.Equal("ok", client.Receive().Text);
        Assert.Equal(0, site.Server.Stop());
        Assert.DoesNotContain("[error]", site.Server.Logs, StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_that_grows_too_large_within_the_answer_cuts_it_off()
    {
        using var site = new MountedTarget("--limit-request-body", "100");
        var (client, target) = site.Ask("Transfer-Encoding: chunked\r\n", "POST");
        target.Send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\npart");
        Assert.Equal(200, client.Receive(toHead: true).Status);
        client.Send($"65\r\n{new string('x', 101)}\r\n");
        client.ReadToEnd(out var reset);
        Assert.True(reset);
        target.ReadToEnd(out _);
    }

    [Fact]
    public void More_than_any_server_takes_is_refused()
    {
        using var site = new MountedTarget("--limit-request-body", "0");
        using var client = site.Send("Content-Length: 1099511627777\r\n", "POST");
        Assert.Equal(413, client.Receive().Status);
        Assert.False(site.Target.HasCaller);
    }
}
