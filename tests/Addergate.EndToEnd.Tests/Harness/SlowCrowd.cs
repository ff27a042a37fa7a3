namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>200 clients that send a byte at a time, half of them in the head of a request and half in its body, and 200 that
/// read one at a time.</summary>
internal sealed class SlowCrowd : IDisposable
{
    private const int Senders = 100;
    private const int Readers = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ServerProcess _server;
    private readonly int _answeredBefore;
    private readonly SlowClients _heads;
    private readonly SlowClients _bodies;
    private readonly SlowClients _readers;

    /// <summary>Sends them to a server of the conformance applications with one process, and waits until all are at it.
    /// </summary>
    public SlowCrowd(ServerProcess server)
    {
        _server = server;
        _answeredBefore = Answered();
        _heads = SlowClients.Senders(
            server.Port, Senders, "GET /environ HTTP/1.1\r\nHost: test\r\nX-Slow: x", Pause);
        _bodies = SlowClients.Senders(
            server.Port, Senders, "POST /upload HTTP/1.1\r\nHost: test\r\nContent-Length: 100000\r\n\r\nx", Pause);
        _readers = SlowClients.Readers(
            server.Port, Readers, "GET /download?blocks=16 HTTP/1.1\r\nHost: test\r\n\r\n", Pause);
        Until.True(
            () => Answered() >= _answeredBefore + Readers, "the application to answer the readers", () => server.Logs);
        // In the body of their requests.
        _bodies.WaitForBytes(80);
    }

    /// <summary>How many the server has closed so far; each came again.</summary>
    public int Closed => _heads.Closed + _bodies.Closed + _readers.Closed;

    public void AssertNoneReachedTheApplication()
    {
        Assert.Equal(0, Servers.Count(_server.Port, "requests/environ"));
        Assert.Equal(0, Servers.Count(_server.Port, "requests/upload"));
    }

    public override string ToString() =>
        $"the server closed {_heads.Closed} heads, {_bodies.Closed} bodies and {_readers.Closed} readers";

    public void Dispose()
    {
        _heads.Dispose();
        _bodies.Dispose();
        _readers.Dispose();
    }

    private int Answered() => Servers.Count(_server.Port, "requests/download");
}
