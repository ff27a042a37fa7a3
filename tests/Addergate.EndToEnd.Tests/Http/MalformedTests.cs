using System.Net.Sockets;
using System.Text;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Http;

public sealed class MalformedTests(MalformedTests.OwnServer own) : IClassFixture<MalformedTests.OwnServer>
{
    private const string Next = "GET /hello/smuggled HTTP/1.1\r\nHost: test\r\n\r\n";

    public static TheoryData<string> Classes => [.. MalformedRequests.All.Keys];

    public static TheoryData<string> OversizeClasses => [.. MalformedRequests.Oversize.Keys];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Whole_it_is_refused(string name) =>
        Refuses(name, MalformedRequests.All[name], static (conversation, bytes) => conversation.Send(bytes));

    [Theory]
    [MemberData(nameof(OversizeClasses))]
    public void Oversize_it_is_refused(string name) =>
        Refuses(name, MalformedRequests.Oversize[name], static (conversation, bytes) => conversation.Send(bytes));

    [Theory]
    [MemberData(nameof(Classes))]
    public void Byte_by_byte_it_is_refused(string name) => Refuses(
        name, MalformedRequests.All[name], static (conversation, bytes) => conversation.SendByteByByte(bytes));

    [Theory]
    [MemberData(nameof(Classes))]
    [Trait("Runs", "once")]
    public void Split_at_every_offset_it_is_refused(string name)
    {
        var request = MalformedRequests.All[name];
        for (var offset = 1; offset < request.Length; offset++)
        {
            var at = offset;
            Refuses(
                $"{name}, split at {at}", request, (conversation, bytes) => conversation.SendSplit(bytes, at),
                count: false);
        }

        AssertNeverReachedPython(name);
    }

    private void Refuses(string name, string request, Action<Conversation, byte[]> send, bool count = true)
    {
        using var conversation = new Conversation(own.Server.Port);
        try
        {
            send(conversation, Encoding.Latin1.GetBytes(request + Next));
        }
        catch (SocketException)
        {
            // It may close before all has been sent.
        }

        Reply reply;
        try
        {
            reply = conversation.Receive();
        }
        catch (EndOfStreamException)
        {
            // A reset because of what was still being sent can overtake the answer.
            Assert.True(request.Length > 10_000, $"{name}: closed without an answer");
            return;
        }

        Assert.True(
            reply.Status is (>= 400 and < 500) or 505, $"{name}: answered {reply.StatusLine}");
        conversation.AssertClosed();
        if (count)
        {
            AssertNeverReachedPython(name);
        }
    }

    // The tests of a class run one after the other, so what was counted since the one before is this one's.
    private void AssertNeverReachedPython(string name)
    {
        var before = own.Reached;
        own.Reached = Servers.Count(own.Server.Port, "requests");
        Assert.True(own.Reached == before, $"{name}: a request reached the application");
    }

    public sealed class OwnServer : IDisposable
    {
        internal ServerProcess Server { get; } = ServerProcess.Start(ServerStart.Conformance());

        /// <summary>Requests that the application has counted so far.</summary>
        internal int Reached { get; set; }

        public void Dispose() => Server.Dispose();
    }
}
