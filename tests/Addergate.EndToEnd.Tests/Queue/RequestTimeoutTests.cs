using System.Diagnostics;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Queue;

/// <summary>What clients see of <c>--request-timeout</c>; what the application sees is the business of the worker's tests.
/// </summary>
public sealed class RequestTimeoutTests(RequestTimeoutTests.OwnServer own) : IClassFixture<RequestTimeoutTests.OwnServer>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    [Fact]
    public void Each_of_many_requests_is_ended_at_its_own_time()
    {
        var clients = new List<(Conversation Conversation, Stopwatch Watch)>();
        for (var i = 0; i < 6; i++)
        {
            clients.Add((new Conversation(own.Server.Port), Stopwatch.StartNew()));
            clients[^1].Conversation.Send("GET /slow?seconds=3 HTTP/1.1\r\nHost: test\r\n\r\n");
            Thread.Sleep(50);
        }

        foreach (var (conversation, watch) in clients)
        {
            Assert.Equal(504, conversation.Receive().Status);
            // How soon after it is the business of the unit tests, which have a clock of their own.
            Assert.True(watch.Elapsed >= Limit, $"ended after {watch.Elapsed}");
            conversation.Dispose();
        }
    }

    [Fact]
    public void A_quick_request_is_left_alone() =>
        Assert.Equal(200, Servers.Get(own.Server.Port, "/slow?seconds=0.5").Status);

    [Fact]
    public void A_response_that_has_begun_is_cut_off()
    {
        using var conversation = new Conversation(own.Server.Port);
        conversation.Send("GET /slow/begun?seconds=3 HTTP/1.1\r\nHost: test\r\n\r\n");
        Assert.Equal(200, conversation.Receive(toHead: true).Status);
        conversation.ReadToEnd(out var reset);
        Assert.True(reset);
    }

    [Theory]
    [InlineData("/download?blocks=400")]
    [InlineData("/sparse?size=26214400")]
    public void A_slow_download_is_no_timeout(string target)
    {
        const int Size = 400 * 65536;
        var watch = Stopwatch.StartNew();
        using var conversation = new Conversation(own.Server.Port, receiveBuffer: 64 * 1024);
        conversation.Send($"GET {target} HTTP/1.1\r\nHost: test\r\n\r\n");
        var head = conversation.Receive(toHead: true);
        Assert.Equal($"{Size}", head["Content-Length"]);
        var received = 0;
        while (received < Size)
        {
            // About twice the limit in all, most of it while the application waits.
            Thread.Sleep(20);
            received += conversation.ReceiveBytes(Math.Min(Size - received, 256 * 1024)).Length;
        }

        Assert.Equal(Size, received);
        Assert.True(watch.Elapsed > Limit * 1.5, "the download was not slow");
    }

    [Fact]
    public void A_slow_upload_is_no_timeout()
    {
        using var conversation = new Conversation(own.Server.Port);
        conversation.Send("POST /upload HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\n");
        for (var i = 0; i < 10; i++)
        {
            Thread.Sleep(200);
            conversation.Send("x");
        }

        Assert.EndsWith(" 10", conversation.Receive().Text, StringComparison.Ordinal);
    }

    public sealed class OwnServer : IDisposable
    {
        // Streamed bodies and a small response buffer, so that it is the application that waits for its client.
        internal ServerProcess Server { get; } = ServerProcess.Start(ServerStart.Conformance(
            "--threads", "8", "--request-timeout", "1", "--interrupt-timeout", "60",
            "--request-buffering", "off", "--response-buffer-size", "1MB"));

        public void Dispose() => Server.Dispose();
    }
}
