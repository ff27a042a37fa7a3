using System.Net.WebSockets;
using System.Text;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Forwarding;

public sealed class WebSocketTests(ForwardingSite site) : IClassFixture<ForwardingSite>
{
    // RFC 6455 1.3: the key of the example, and its answer.
    private const string Key = "dGhlIHNhbXBsZSBub25jZQ==";
    private const string Granted =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n";

    private const string Wish =
        $"Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Key}\r\n"
        + "Sec-WebSocket-Protocol: chat\r\nOrigin: http://site.example\r\n";

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Messages_go_both_ways_until_the_closing_handshake(string version)
    {
        using var client = new ClientWebSocket();
        client.Options.HttpVersion = new Version(version);
        client.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        client.Options.SetRequestHeader("Host", "site.example");
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        using var limit = new CancellationTokenSource(Until.Deadline);
        var connecting = client.ConnectAsync(
            new Uri($"ws://127.0.0.1:{site.Server.Port}/api/socket?a=b"), invoker, limit.Token);
        using var connection = site.Target.Accept();
        var request = connection.ReceiveRequest();
        Assert.Equal("GET /app/socket?a=b HTTP/1.1", request.StatusLine);
        Assert.Equal(("Upgrade", "websocket", "13"), (request["Connection"], request["Upgrade"], request["Sec-WebSocket-Version"]));
        connection.Send(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Accept: {Frames.Accept(request["Sec-WebSocket-Key"]!)}\r\n\r\n");
        await connecting;

        foreach (var size in (int[])[0, 5, 126, 70_000, 900_000])
        {
            var message = new byte[size];
            new Random(size).NextBytes(message);
            var sending = client.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, limit.Token);
            var (opcode, payload) = await Task.Run(() => Frames.Receive(connection));
            await sending;
            Assert.Equal(message, payload);
            var answering = Task.Run(() => connection.Send(Frames.Write(opcode, payload)));
            var back = new byte[size + 1];
            var count = 0;
            while (await client.ReceiveAsync(back.AsMemory(count), limit.Token) is { EndOfMessage: false } part)
            {
                count += part.Count;
            }

            Assert.Equal(message, back[..size]);
            await answering;
        }

        var closing = client.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", limit.Token);
        var close = Frames.Receive(connection);
        Assert.Equal(Frames.Close, close.Opcode);
        connection.Send(Frames.Write(Frames.Close, close.Payload));
        await closing;
        connection.FinishSending();
        Assert.Equal("done", client.CloseStatusDescription);
        site.WaitForAccessLog(version == "1.1" ? "GET /api/socket 101 970167" : "CONNECT /api/socket 200 970167");
    }

    [Fact]
    public void Bytes_pass_as_they_are_and_whoever_goes_first_the_other_learns_of_it()
    {
        var (client, target) = Open();
        // Nothing that a parser of HTTP would take.
        const string Odd = "\0\u0001GET / HTTP/1.1\r\nContent-Length: +5\r\n\r\n\r\n\r\n\u00ff";
        client.Send(Odd);
        Assert.Equal(Odd, target.ReceiveText(Odd.Length));
        target.Send(Odd);
        Assert.Equal(Odd, client.ReceiveText(Odd.Length));
        // The client ends its direction, the other goes on.
        client.FinishSending();
        target.AssertClosed();
        target.Send("last words").FinishSending();
        Assert.Equal("last words", client.ReceiveText(20));

        (client, target) = Open();
        target.Send("bye").FinishSending();
        Assert.Equal("bye", client.ReadToEnd(out var reset));
        Assert.False(reset);

        (client, target) = Open();
        client.Dispose();
        target.AssertClosed();
    }

    [Fact]
    public void A_refusal_and_an_unknown_protocol_are_answers_like_any_other()
    {
        var (request, response) = site.Exchange("/api/socket", Wish, answer: ForwardingSite.Answer(status: "403 Forbidden"));
        Assert.Equal("websocket", request["Upgrade"]);
        Assert.Equal((403, "ok"), (response.Status, response.Text));

        foreach (var protocol in (string[])["h2c", "TLS/1.0", "foo"])
        {
            (request, response) = site.Exchange("/api/x", $"Connection: Upgrade\r\nUpgrade: {protocol}\r\n");
            Assert.Equal((null, null), (request["Upgrade"], request["Connection"]));
            Assert.Equal(200, response.Status);
        }

        (request, response) = site.Exchange("/api/socket", Wish, method: "DELETE");
        Assert.Equal(("DELETE /app/socket HTTP/1.1", null), (request.StatusLine, request["Upgrade"]));
        Assert.Equal(200, response.Status);

        (_, response) = site.Exchange(
            "/api/socket", Wish, answer: "HTTP/1.1 101 Switching Protocols\r\nUpgrade: foo\r\nConnection: Upgrade\r\n\r\n");
        Assert.Equal(502, response.Status);
    }

    [Fact]
    public void The_application_gets_such_a_request_as_one_of_HTTP()
    {
        using var client = site.Ask("/socket", Wish);
        Assert.Equal(200, client.Receive().Status);
    }

    [Fact]
    public void A_silent_one_is_closed()
    {
        using var mounted = new MountedTarget("--proxy-timeout", "2s");
        var (client, target) = Open(mounted);
        client.AssertClosed();
        target.AssertClosed();
    }

    [Fact]
    public void A_WebSocket_does_not_outlast_the_graceful_timeout()
    {
        using var mounted = new MountedTarget("--graceful-timeout", "1");
        var (client, _) = Open(mounted);
        Assert.Equal(0, mounted.Server.Stop());
        client.AssertClosed();
    }

    private static (Conversation Client, Conversation Target) Open(MountedTarget mounted)
    {
        var (client, target) = mounted.Ask(Wish);
        target.Send(Granted);
        Assert.Equal(101, client.Receive().Status);
        return (client, target);
    }

    private (Conversation Client, Conversation Target) Open()
    {
        var client = site.Ask("/api/socket", Wish);
        var target = site.Target.Accept();
        Assert.Equal(Key, target.ReceiveRequest()["Sec-WebSocket-Key"]);
        target.Send(Granted);
        var answer = client.Receive();
        Assert.Equal(
            (101, "Upgrade", "websocket", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "chat"),
            (answer.Status, answer["Connection"], answer["Upgrade"], answer["Sec-WebSocket-Accept"], answer["Sec-WebSocket-Protocol"]));
        return (client, target);
    }

    /// <summary>The frames of RFC 6455, as a server reads and writes them.</summary>
    private static class Frames
    {
        public const int Close = 8;

        public static string Accept(string key) => Convert.ToBase64String(
            System.Security.Cryptography.SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));

        public static (int Opcode, byte[] Payload) Receive(Conversation connection)
        {
            var head = connection.ReceiveBytes(2);
            Assert.Equal(0x80, head[0] & 0xF0);
            Assert.Equal(0x80, head[1] & 0x80);
            long length = head[1] & 0x7F;
            if (length >= 126)
            {
                length = connection.ReceiveBytes(length == 126 ? 2 : 8).Aggregate(0L, static (sum, digit) => (sum << 8) | digit);
            }

            var mask = connection.ReceiveBytes(4);
            var payload = connection.ReceiveBytes((int)length);
            for (var i = 0; i < payload.Length; i++)
            {
                payload[i] ^= mask[i % 4];
            }

            return (head[0] & 0x0F, payload);
        }

        public static byte[] Write(int opcode, byte[] payload)
        {
            byte[] length = payload.Length switch
            {
                < 126 => [(byte)payload.Length],
                <= ushort.MaxValue => [126, (byte)(payload.Length >> 8), (byte)payload.Length],
                _ => [127, .. BitConverter.GetBytes((long)payload.Length).Reverse()],
            };
            return [(byte)(0x80 | opcode), .. length, .. payload];
        }
    }
}
