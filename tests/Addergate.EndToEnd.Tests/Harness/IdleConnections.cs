using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>Keep-alive connections by the thousand, each of which has had an answer. They come from several addresses, so that
/// no address runs out of ports.</summary>
internal sealed class IdleConnections : IDisposable
{
    private const int AtOnce = 20;
    private const int PerAddress = 5000;

    private static readonly byte[] Request = Encoding.ASCII.GetBytes("GET /hello HTTP/1.1\r\nHost: test\r\n\r\n");

    private readonly Stream[] _streams;
    private readonly int _port;
    private readonly bool _isSecure;

    /// <param name="port">Of the server.</param>
    /// <param name="count">How many.</param>
    /// <param name="isSecure">With TLS, whatever the certificate.</param>
    public IdleConnections(int port, int count, bool isSecure)
    {
        _port = port;
        _isSecure = isSecure;
        _streams = new Stream[count];
    }

    /// <summary>Opens all of them, a few at a time.</summary>
    public Task OpenAsync() => ForAllAsync(async client =>
    {
        _streams[client] = await ConnectAsync(client);
        await AskAsync(_streams[client]);
    });

    /// <summary>Has each of them ask again; fails when one does not get its 200.</summary>
    public Task AskAgainAsync() => ForAllAsync(client => AskAsync(_streams[client]));

    public void Dispose()
    {
        foreach (var stream in _streams)
        {
            stream?.Dispose();
        }
    }

    private Task ForAllAsync(Func<int, Task> deed)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            for (int client; (client = Interlocked.Increment(ref next)) < _streams.Length;)
            {
                await deed(client);
            }
        }));
    }

    private async Task<Stream> ConnectAsync(int client)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        // RST at the end: no TIME_WAIT by the thousand.
        socket.LingerState = new LingerOption(true, 0);
        socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + (client / PerAddress))]), 0));
        await socket.ConnectAsync(IPAddress.Loopback, _port);
        var stream = new NetworkStream(socket, ownsSocket: true);
        if (!_isSecure)
        {
            return stream;
        }

        var secure = new SslStream(stream, leaveInnerStreamOpen: false, static (_, _, _, _) => true);
        await secure.AuthenticateAsClientAsync("localhost");
        return secure;
    }

    private static async Task AskAsync(Stream stream)
    {
        using var patience = new CancellationTokenSource(Until.Deadline);
        await stream.WriteAsync(Request, patience.Token);
        var answer = new byte[1024];
        var length = 0;
        while (!Encoding.ASCII.GetString(answer, 0, length).EndsWith("hello\n", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(answer.AsMemory(length), patience.Token);
            Assert.True(count > 0, $"The connection ended after: {Encoding.ASCII.GetString(answer, 0, length)}");
            length += count;
        }

        Assert.StartsWith("HTTP/1.1 200 ", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
    }
}
