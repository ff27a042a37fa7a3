using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>
/// Connections that send their request, or read their answer, a byte at a time, all in the hands of one thread. Whom the
/// server closes comes again. 20 at least.
/// </summary>
internal sealed class SlowClients : IDisposable
{
    private const int Steps = 20;

    private readonly Socket[] _sockets;
    private readonly int[] _sent;
    private readonly byte[] _request;
    private readonly bool _areSenders;
    private readonly int _port;
    private readonly TimeSpan _pause;
    private readonly Thread _thread;
    private volatile bool _ended;
    private volatile int _rounds;
    private volatile int _closed;
    private SocketException? _failure;

    private SlowClients(int port, int count, string request, bool areSenders, TimeSpan pause)
    {
        _port = port;
        _request = Encoding.ASCII.GetBytes(request);
        _areSenders = areSenders;
        _pause = pause;
        _sent = new int[count];
        _sockets = new Socket[count];
        for (var client = 0; client < count; client++)
        {
            Open(client);
        }

        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>How often the server has closed one of them.</summary>
    public int Closed => _closed;

    /// <summary>Clients that send a request whose last byte is followed by more of the same, for ever.</summary>
    public static SlowClients Senders(int port, int count, string request, TimeSpan pause) =>
        new(port, count, request, areSenders: true, pause);

    /// <summary>Clients that ask at once, and have as little room for the answer as the kernel allows.</summary>
    public static SlowClients Readers(int port, int count, string request, TimeSpan pause) =>
        new(port, count, request, areSenders: false, pause);

    /// <summary>Waits until each has sent or read this many more bytes.</summary>
    public void WaitForBytes(int more)
    {
        var goal = _rounds + more;
        Until.True(() => _rounds >= goal, $"{more} bytes", () => $"{_failure}");
    }

    public void Dispose()
    {
        _ended = true;
        _thread.Join();
        foreach (var socket in _sockets)
        {
            Reset(socket);
        }
    }

    private void Run()
    {
        while (!_ended && _failure is null)
        {
            for (var client = 0; client < _sockets.Length; client++)
            {
                if (!(_areSenders ? TrySend(client) : TryRead(client)))
                {
                    _closed++;
                    Reset(_sockets[client]);
                    TryOpen(client);
                }

                // Not all at once: the world's clients have no common clock.
                if ((client + 1) % (_sockets.Length / Steps) == 0)
                {
                    Thread.Sleep(_pause / Steps);
                }
            }

            _rounds++;
        }
    }

    private void TryOpen(int client)
    {
        try
        {
            Open(client);
        }
        catch (SocketException failure)
        {
            _failure = failure;
        }
    }

    private void Open(int client)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (!_areSenders)
        {
            socket.ReceiveBufferSize = 1;
        }

        socket.Connect(IPAddress.Loopback, _port);
        if (!_areSenders)
        {
            socket.Send(_request);
        }

        socket.Blocking = false;
        _sockets[client] = socket;
        _sent[client] = 0;
    }

    // An answer to a request that is not whole is a refusal.
    private bool TrySend(int client)
    {
        var at = Math.Min(_sent[client]++, _request.Length - 1);
        _sockets[client].Send(_request.AsSpan(at, 1), SocketFlags.None, out var error);
        return error is SocketError.Success or SocketError.WouldBlock && _sockets[client].Available == 0;
    }

    private bool TryRead(int client)
    {
        Span<byte> one = stackalloc byte[1];
        return _sockets[client].Receive(one, SocketFlags.None, out var error) > 0 || error == SocketError.WouldBlock;
    }

    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }
}
