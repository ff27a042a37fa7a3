using System.Net.Sockets;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Forwarding;

/// <summary>Bodies go on piece by piece, and the end of one side is the end of the other.</summary>
public sealed class StreamingTests(ForwardingSite site) : IClassFixture<ForwardingSite>
{
    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n", true)]
    [InlineData("Content-Length: 15\r\n", false)]
    public void The_target_gets_each_piece_of_a_body_before_the_next_is_sent(string framing, bool isChunked)
    {
        using var client = site.Ask("/api/upload", framing, method: "POST");
        using var target = site.Target.Accept();
        var head = target.ReceiveRequest(toHead: true);
        Assert.Equal(isChunked ? (null, "chunked") : ("15", null), (head["Content-Length"], head["Transfer-Encoding"]));
        foreach (var piece in (string[])["first", "secnd", "third"])
        {
            client.Send(isChunked ? $"5\r\n{piece}\r\n" : piece);
            Assert.Equal(isChunked ? $"5\r\n{piece}\r\n" : piece, target.ReceiveText(isChunked ? 10 : 5));
        }

        if (isChunked)
        {
            client.Send("0\r\nX-Trailer: a\r\n\r\n");
            Assert.Equal("0\r\n\r\n", target.ReceiveText(5));
        }

        target.Send(ForwardingSite.Answer());
        Assert.Equal("ok", client.Receive().Text);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.0")]
    public void The_client_gets_the_head_and_each_piece_before_the_next_is_sent(string version)
    {
        using var client = new Conversation(site.Server.Port);
        client.Send($"GET /api/events HTTP/{version}\r\nHost: site.example\r\n\r\n");
        using var target = site.Target.Accept();
        target.ReceiveRequest();
        target.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/event-stream\r\n\r\n");
        var head = client.Receive(toHead: true);
        Assert.Equal(("text/event-stream", version == "1.0" ? null : "chunked"), (head["Content-Type"], head["Transfer-Encoding"]));
        foreach (var piece in (string[])["data: 1", "data: 2", "data: 3"])
        {
            target.Send($"7\r\n{piece}\r\n");
            Assert.Equal(version == "1.0" ? piece : $"7\r\n{piece}\r\n", client.ReceiveText(version == "1.0" ? 7 : 12));
        }

        target.Send("0\r\n\r\n");
        if (version == "1.0")
        {
            client.AssertClosed();
        }
        else
        {
            Assert.Equal("0\r\n\r\n", client.ReceiveText(5));
        }
    }

    [Fact]
    public void An_answer_that_ends_with_its_connection_is_whole()
    {
        using var client = site.Ask("/api/old");
        using var target = site.Target.Accept();
        target.ReceiveRequest();
        target.Send("HTTP/1.0 200 OK\r\n\r\nold ").Send("style").FinishSending();
        var reply = client.Receive();
        Assert.Equal(("old style", true), (reply.Text, reply.IsWhole));
    }

    [Fact]
    public async Task Large_bodies_go_through_unchanged_in_both_directions()
    {
        var body = new byte[900_000];
        new Random(5).NextBytes(body);
        var answer = new byte[5_000_000];
        new Random(6).NextBytes(answer);
        using var client = site.Ask("/api/large", $"Content-Length: {body.Length}\r\n", method: "PUT");
        var sending = Task.Run(() => client.Send(body));
        using var target = site.Target.Accept();
        Assert.Equal(body, target.ReceiveRequest().Body);
        var answering = Task.Run(() => target
            .Send($"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {answer.Length}\r\n\r\n").Send(answer));
        Assert.Equal(answer, client.Receive().Body);
        await Task.WhenAll(sending, answering).WaitAsync(Until.Deadline);
        site.WaitForAccessLog("PUT /api/large 200 5000000");
    }

    [Fact]
    public async Task A_slow_client_is_not_read_ahead_of()
    {
        using var client = new Conversation(site.Server.Port, receiveBuffer: 4096);
        client.Send("GET /api/slow HTTP/1.1\r\nHost: site.example\r\n\r\n");
        using var target = site.Target.Accept();
        target.ReceiveRequest();
        const int Length = 200_000_000;
        target.Send($"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {Length}\r\n\r\n");
        var sent = 0L;
        var answering = Task.Run(() =>
        {
            var piece = new byte[100_000];
            while (sent < Length)
            {
                target.Send(piece);
                Interlocked.Add(ref sent, piece.Length);
            }
        });
        client.Receive(toHead: true);
        // What stands still for so long is as much as the kernels and the server hold.
        var before = -1L;
        Until.True(
            () =>
            {
                var now = Interlocked.Read(ref sent);
                var isStill = now > 0 && now == before;
                before = now;
                Thread.Sleep(300);
                return isStill;
            },
            "the target to be held back");
        Assert.InRange(before, 1, Length / 4);
        client.Dispose();
        await Assert.ThrowsAsync<SocketException>(() => answering.WaitAsync(Until.Deadline));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Expect: 100-continue\r\n")]
    public void A_body_that_is_too_large_is_413_before_the_target_hears_of_it(string expect)
    {
        using var client = site.Ask("/api/upload", $"Content-Length: 1000001\r\n{expect}", method: "POST");
        Assert.Equal(413, client.Receive().Status);
        Assert.False(site.Target.HasCaller);
    }

    [Fact]
    public void A_body_that_grows_too_large_is_413_and_the_target_is_left()
    {
        using var client = site.Ask("/api/upload", "Transfer-Encoding: chunked\r\n", method: "POST");
        client.Send("F4240\r\n" + new string('x', 900_000));
        using var target = site.Target.Accept();
        target.ReceiveRequest(toHead: true);
        client.Send(new string('x', 100_000) + "\r\n1\r\nx\r\n");
        Assert.Equal(413, client.Receive().Status);
        var rest = target.ReadToEnd(out _);
        Assert.DoesNotContain("0\r\n\r\n", rest, StringComparison.Ordinal);
    }

    [Fact]
    public void The_target_decides_whether_a_body_is_to_be_sent()
    {
        using (var client = site.Ask("/api/upload", "Content-Length: 4\r\nExpect: 100-continue\r\n", method: "POST"))
        {
            using var target = site.Target.Accept();
            Assert.Equal("100-continue", target.ReceiveRequest(toHead: true)["Expect"]);
            Assert.False(client.HasAnswer);
            target.Send("HTTP/1.1 100 Continue\r\n\r\n");
            Assert.Equal(100, client.ReceiveAny().Status);
            client.Send("body");
            Assert.Equal("body", target.ReceiveText(4));
            target.Send(ForwardingSite.Answer());
            Assert.Equal("ok", client.Receive().Text);
        }

        // A few bytes would be sent all the same, to keep the connection.
        using var refused = site.Ask("/api/upload", "Content-Length: 4000\r\nExpect: 100-continue\r\n", method: "POST");
        using var refusing = site.Target.Accept();
        refusing.ReceiveRequest(toHead: true);
        refusing.Send(ForwardingSite.Answer(status: "401 Unauthorized"));
        Assert.Equal(401, refused.ReceiveAny().Status);
    }

    [Fact]
    public async Task Trailers_of_an_answer_reach_clients_of_HTTP_2()
    {
        var asking = Task.Run(() => Tool.Succeed(
            "curl", "-sSv", "--http2-prior-knowledge", "-H", "TE: trailers", "-H", "Host: site.example",
            "--stderr", "-", $"http://127.0.0.1:{site.Server.Port}/api/trailers"));
        using var target = site.Target.Accept();
        Assert.Equal("trailers", target.ReceiveRequest()["TE"]);
        target.Send(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 42\r\nContent-Length: 7\r\n\r\n");
        var said = await asking.WaitAsync(Until.Deadline);
        Assert.Contains("x-sum: 42", said, StringComparison.Ordinal);
        Assert.DoesNotContain("content-length: 7", said, StringComparison.Ordinal);
    }
}
