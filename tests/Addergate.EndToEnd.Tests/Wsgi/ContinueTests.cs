using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Wsgi;

public sealed class ContinueTests(ContinueTests.Unbuffered unbuffered) : IClassFixture<ContinueTests.Unbuffered>
{
    private const string Expecting = "Host: test\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n";

    [Fact]
    public void It_is_sent_when_the_body_is_taken_in()
    {
        using var conversation = Servers.Open(Pythons.Default!);
        conversation.Send("POST /echo HTTP/1.1\r\n" + Expecting);
        Assert.Equal(100, conversation.ReceiveAny().Status);
        Assert.Equal("12345", conversation.Send("12345").ReceiveAny().Text);
    }

    [Fact]
    public void A_request_refused_by_its_head_is_not_asked_to_go_on()
    {
        using var conversation = Servers.Open(Pythons.Default!);
        conversation.Send(
            "POST /echo/refused HTTP/1.1\r\nHost: test\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n");
        Assert.Equal(413, conversation.ReceiveAny().Status);
        Assert.Equal(0, Servers.Count(Pythons.Default!, "requests/echo/refused"));
    }

    [Fact]
    public void Http_1_0_never_sees_it()
    {
        using var conversation = Servers.Open(Pythons.Default!);
        conversation.Send("POST /echo HTTP/1.0\r\n" + Expecting + "12345");
        Assert.Equal("12345", conversation.ReceiveAny().Text);
    }

    [Fact]
    public void Unbuffered_it_is_sent_when_the_application_reads()
    {
        using var conversation = new Conversation(unbuffered.Server.Port);
        conversation.Send("POST /echo HTTP/1.1\r\n" + Expecting);
        Assert.Equal(100, conversation.ReceiveAny().Status);
        Assert.Equal("12345", conversation.Send("12345").ReceiveAny().Text);
    }

    [Fact]
    public void Unbuffered_an_application_that_does_not_read_answers_without_it()
    {
        using var conversation = new Conversation(unbuffered.Server.Port);
        conversation.Send("POST /early HTTP/1.1\r\n" + Expecting);
        var reply = conversation.ReceiveAny();
        Assert.Equal(413, reply.Status);
        Assert.Equal("no, thanks", reply.Text);
    }

    [Fact]
    public void Unbuffered_an_application_sees_its_client_go()
    {
        var name = Servers.NewName();
        var port = unbuffered.Server.Port;
        using (var conversation = new Conversation(port))
        {
            conversation.Send($"POST /disconnect?name={name} HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\nabc");
            Until.True(() => Servers.Count(port, name + ".entered") == 1, "the application to be called");
        }

        Until.True(() => Servers.Count(port, name + ".oserror") == 1, "read() to raise OSError");
        Assert.Equal(0, Servers.Count(port, name + ".finished"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Unbuffered_bodies_come_whole_and_what_is_left_is_drained(bool chunked)
    {
        var body = new byte[1_000_000];
        new Random(7).NextBytes(body);
        using var conversation = new Conversation(unbuffered.Server.Port);
        for (var round = 0; round < 3; round++)
        {
            conversation.Send(Servers.PostBytes("/upload", body, chunked));
            Assert.EndsWith(" 1000000", conversation.Receive().Text, StringComparison.Ordinal);
            conversation.Send(Servers.PostBytes("/unread?bytes=10", body.AsSpan(0, 20_000).ToArray(), chunked));
            Assert.Equal("read 10", conversation.Receive().Text);
        }
    }

    public sealed class Unbuffered : IDisposable
    {
        internal ServerProcess Server { get; } =
            ServerProcess.Start(ServerStart.Conformance("--request-buffering", "off"));

        public void Dispose() => Server.Dispose();
    }
}
