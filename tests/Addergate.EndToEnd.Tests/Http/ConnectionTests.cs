using System.Text;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Http;

public sealed class ConnectionTests
{
    private const string Hello = "GET /hello HTTP/1.1\r\nHost: test\r\n\r\n";

    private static string Python => Pythons.Default!;

    [Fact]
    public void A_connection_is_kept_and_closed_when_asked_to()
    {
        using var conversation = Servers.Open(Python);
        for (var round = 0; round < 5; round++)
        {
            Assert.Equal("hello\n", conversation.Send(Hello).Receive().Text);
        }

        var last = conversation.Send("GET /hello HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n").Receive();
        Assert.Equal("close", last["Connection"]);
        conversation.AssertClosed();
    }

    [Fact]
    public void Http_1_0_closes_unless_it_asks_to_keep()
    {
        using var closing = Servers.Open(Python);
        var reply = closing.Send("GET /iterable?kind=list_of_one HTTP/1.0\r\n\r\n").Receive();
        Assert.Equal("one,two,three", reply.Text);
        closing.AssertClosed();

        using var keeping = Servers.Open(Python);
        for (var round = 0; round < 3; round++)
        {
            keeping.Send("GET /iterable?kind=list_of_one HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            reply = keeping.Receive();
            Assert.Equal("one,two,three", reply.Text);
            Assert.Equal("keep-alive", reply["Connection"], ignoreCase: true);
        }
    }

    [Fact]
    public void Pipelined_requests_are_answered_in_their_order()
    {
        using var conversation = Servers.Open(Python);
        var requests = new MemoryStream();
        for (var number = 0; number < 50; number++)
        {
            requests.Write(Servers.PostBytes("/echo", Encoding.ASCII.GetBytes($"body {number}"), number % 2 == 0));
            requests.Write(Encoding.ASCII.GetBytes(Hello));
        }

        conversation.Send(requests.ToArray());
        for (var number = 0; number < 50; number++)
        {
            Assert.Equal($"body {number}", conversation.Receive().Text);
            Assert.Equal("hello\n", conversation.Receive().Text);
        }
    }

    [Theory]
    [InlineData("GET /hello HTTP/1.1\r\nHost: test\r\n\r\n", "hello\n")]
    [InlineData("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\n12345", "12345")]
    [InlineData("POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "abc")]
    [InlineData("GET /iterable?kind=generator HTTP/1.0\r\n\r\n", "one,two,three")]
    public void A_client_that_half_closes_after_its_request_is_answered(string request, string body)
    {
        using var conversation = Servers.Open(Python);
        var reply = conversation.Send(request).FinishSending().Receive();
        Assert.Equal(200, reply.Status);
        Assert.Equal(body, reply.Text);
        conversation.AssertClosed();
    }

    [Fact]
    public void A_half_closed_client_is_answered_however_late()
    {
        var name = Servers.NewName();
        using var conversation = Servers.Open(Python);
        conversation.Send($"GET /gated?name={name} HTTP/1.1\r\nHost: test\r\n\r\n");
        Until.True(() => Servers.Count(Python, name + ".entered") == 1, "the application to be called");
        conversation.FinishSending();
        // A request on another connection has been answered since: the FIN has been seen by then.
        Servers.OpenGate(Python, name);
        Assert.Equal(200, conversation.Receive().Status);
    }

    [Fact]
    public void A_half_close_inside_a_request_is_the_end_of_it()
    {
        using var conversation = Servers.Open(Python);
        conversation.Send("POST /echo/half HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\n123").FinishSending();
        try
        {
            Assert.InRange(conversation.Receive().Status, 400, 499);
        }
        catch (EndOfStreamException)
        {
            // Closed without an answer: nobody is there to read one.
        }

        conversation.AssertClosed();
        Assert.Equal(0, Servers.Count(Python, "requests/echo/half"));
    }

    [Fact]
    public void An_empty_line_before_a_request_is_passed_over()
    {
        using var conversation = Servers.Open(Python);
        Assert.Equal("hello\n", conversation.Send("\r\n" + Hello).Receive().Text);
        Assert.Equal("hello\n", conversation.Send("\r\n" + Hello).Receive().Text);
    }

    [Fact]
    public void A_request_may_come_in_any_pieces()
    {
        var bytes = Encoding.ASCII.GetBytes(
            "POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nX-T: y\r\n\r\n");
        for (var offset = 1; offset < bytes.Length; offset++)
        {
            using var conversation = Servers.Open(Python);
            conversation.SendSplit(bytes, offset);
            Assert.Equal("abc", conversation.Receive().Text);
        }

        using var slow = Servers.Open(Python);
        slow.SendByteByByte(bytes);
        Assert.Equal("abc", slow.Receive().Text);
    }

    [Fact]
    public void OPTIONS_of_the_whole_server_is_answered()
    {
        using var conversation = Servers.Open(Python);
        Assert.InRange(conversation.Send("OPTIONS * HTTP/1.1\r\nHost: test\r\n\r\n").Receive().Status, 200, 499);
        Assert.Equal("hello\n", conversation.Send(Hello).Receive().Text);
    }

    [Fact]
    public void A_body_over_the_limit_gets_413_before_it_is_sent()
    {
        using var conversation = Servers.Open(Python);
        conversation.Send("POST /upload/large HTTP/1.1\r\nHost: test\r\nContent-Length: 10485761\r\n\r\n");
        Assert.Equal(413, conversation.Receive().Status);
        Assert.Equal(0, Servers.Count(Python, "requests/upload/large"));
    }

    [Fact]
    public void A_chunked_body_over_the_limit_gets_413_and_never_reaches_the_application()
    {
        using var conversation = Servers.Open(Python);
        conversation.Send("POST /upload/chunks HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
        var chunk = Encoding.ASCII.GetBytes("100000\r\n" + new string('x', 0x100000) + "\r\n");
        try
        {
            for (var count = 0; count < 12; count++)
            {
                conversation.Send(chunk);
            }
        }
        catch (System.Net.Sockets.SocketException)
        {
            // It may close before all has been sent.
        }

        Assert.Equal(413, conversation.Receive().Status);
        Assert.Equal(0, Servers.Count(Python, "requests/upload/chunks"));
    }

    [Fact]
    public void A_client_that_reads_slowly_gets_everything()
    {
        using var conversation = new Conversation(Servers.For(Python).Port, receiveBuffer: 4096);
        conversation.Send("GET /download?blocks=400 HTTP/1.1\r\nHost: test\r\n\r\n");
        var reply = conversation.Receive();
        Assert.Equal(400 * 65536, reply.Body.Length);
        Assert.Equal(399, BitConverter.ToInt64(reply.Body.AsSpan(reply.Body.Length - 8)));
    }

    [Fact]
    public void Slow_clients_do_not_hold_the_request_threads()
    {
        // More unread responses than the server has threads, each of which fits in the front end's buffer.
        var slow = new List<Conversation>();
        try
        {
            for (var count = 0; count < 30; count++)
            {
                var conversation = new Conversation(Servers.For(Python).Port, receiveBuffer: 4096);
                slow.Add(conversation.Send("GET /download?blocks=64 HTTP/1.1\r\nHost: test\r\n\r\n"));
            }

            Assert.Equal("hello\n", Servers.Get(Python, "/hello").Text);
            foreach (var conversation in slow)
            {
                Assert.Equal(64 * 65536, conversation.Receive().Body.Length);
            }
        }
        finally
        {
            slow.ForEach(static conversation => conversation.Dispose());
        }
    }
}
