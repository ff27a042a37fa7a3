using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.Connections;

/// <summary>
/// Replaces a connection's <see cref="BaseConnectionContext.ConnectionClosed"/>, which fires on a client's FIN and on
/// its RST alike and makes Kestrel abort the running request, by one that fires when the client is really gone. A FIN
/// reaches the parser as the end of its input, after the requests before it.
/// </summary>
internal sealed class HalfClose : IHalfCloseFeature, IDisposable
{
    // getsockopt(2) of tcp(7): the first byte of struct tcp_info is the connection's state.
    private const int TcpInfo = 11;
    private const byte TcpClose = 7;

    private readonly ConnectionContext _connection;
    private readonly Socket _socket;
    private readonly CancellationToken _transportClosed;
    private readonly CancellationTokenSource _gone = new();
    private readonly CancellationTokenRegistration _registration;

    private HalfClose(ConnectionContext connection, Socket socket)
    {
        _connection = connection;
        _socket = socket;
        _transportClosed = connection.ConnectionClosed;
        connection.ConnectionClosed = _gone.Token;
        connection.Features.Set<IHalfCloseFeature>(this);
        _registration = _transportClosed.UnsafeRegister(
            static state => ((HalfClose)state!).OnTransportClosed(), this);
    }

    public bool IsHalfClosed { get; private set; }

    /// <summary>Begins to watch, or returns null where a FIN is the end: under TLS, whose own end of stream comes with
    /// it, and on transports without a socket.</summary>
    public static HalfClose? Watch(ConnectionContext connection) =>
        connection.Features.Get<ITlsConnectionFeature>() is null
        && connection.Features.Get<IConnectionSocketFeature>() is { } feature
            ? new HalfClose(connection, feature.Socket)
            : null;

    public void Dispose()
    {
        _registration.Dispose();
        _connection.ConnectionClosed = _transportClosed;
        _gone.Dispose();
    }

    private void OnTransportClosed()
    {
        if (IsReset())
        {
            Cancel();
            return;
        }

        IsHalfClosed = true;
        // The transport no longer looks at the socket, but an answer to what we send may tell that nobody is there.
        _connection.Features.Get<IConnectionHeartbeatFeature>()?.OnHeartbeat(
            static state => ((HalfClose)state).OnHeartbeat(), this);
    }

    private void OnHeartbeat()
    {
        if (!_gone.IsCancellationRequested && IsReset())
        {
            Cancel();
        }
    }

    private bool IsReset()
    {
        try
        {
            // Socket.Poll hides the hang-up that poll(2) reports, and the error was consumed by the transport's read.
            Span<byte> state = stackalloc byte[1];
            return _socket.GetRawSocketOption((int)SocketOptionLevel.Tcp, TcpInfo, state) == 1 && state[0] == TcpClose;
        }
        catch (SocketException)
        {
            return true;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private void Cancel()
    {
        try
        {
            _gone.Cancel();
        }
        catch (ObjectDisposedException)
        {
        }
    }
}
