using System.Net;
using System.Net.Sockets;
using Addergate.Settings.Model;

namespace Addergate.Supervisor.Endpoints;

/// <summary>The TCP ports, bound and listening from before the first child until the server stops.</summary>
internal sealed class Ports : IDisposable
{
    private const int SocketLevel = 1;
    private const int ReuseAddress = 2;

    private readonly List<(Socket Socket, bool IsSecure)> _sockets = [];

    private Ports()
    {
    }

    /// <summary>What each front end inherits, in this order.</summary>
    public IReadOnlyList<(Socket Socket, bool IsSecure)> Sockets => _sockets;

    /// <summary>The plain port.</summary>
    public int Plain { get; private set; }

    /// <summary>The TLS port, or null.</summary>
    public int? Secure { get; private set; }

    /// <summary>Binds them; null with the reason for people.</summary>
    public static Ports? Open(ListenSettings settings, out string reason)
    {
        if (!IPAddress.TryParse(settings.Host, out var address))
        {
            reason = $"{settings.Host} is no IP address";
            return null;
        }

        var ports = new Ports();
        if (!ports.TryAdd(address, settings.Port, settings.Backlog, isSecure: false, out reason)
            || (settings.HttpsPort is { } secure
                && !ports.TryAdd(address, secure, settings.Backlog, isSecure: true, out reason)))
        {
            ports.Dispose();
            return null;
        }

        return ports;
    }

    public void Dispose()
    {
        foreach (var (socket, _) in _sockets)
        {
            socket.Dispose();
        }
    }

    private bool TryAdd(IPAddress address, int port, int backlog, bool isSecure, out string reason)
    {
        reason = "";
        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            // Raw: .NET's ReuseAddress sets SO_REUSEPORT too, and then a second server would share the port in silence.
            socket.SetRawSocketOption(SocketLevel, ReuseAddress, BitConverter.GetBytes(1));
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(backlog);
        }
        catch (SocketException error)
        {
            socket?.Dispose();
            reason = Explain(error, address, port, isSecure);
            return false;
        }

        _sockets.Add((socket, isSecure));
        var bound = ((IPEndPoint)socket.LocalEndPoint!).Port;
        if (isSecure)
        {
            Secure = bound;
        }
        else
        {
            Plain = bound;
        }

        return true;
    }

    private static string Explain(SocketException error, IPAddress address, int port, bool isSecure)
    {
        var option = isSecure ? "--https-port" : "--port";
        var place = new IPEndPoint(address, port);
        return error.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse =>
                $"cannot listen on {place}: the port is in use. Stop what uses it, or choose another with {option}.",
            SocketError.AccessDenied =>
                $"cannot listen on {place}: ports below 1024 need root. Choose another with {option}.",
            SocketError.AddressNotAvailable =>
                $"cannot listen on {place}: this machine has no such address. Choose another with --host.",
            SocketError.AddressFamilyNotSupported =>
                $"cannot listen on {place}: this machine has no IPv6. Choose another address with --host.",
            _ => $"cannot listen on {place}: {error.Message}.",
        };
    }
}
