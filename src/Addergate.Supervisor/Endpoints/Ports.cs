using System.Net;
using System.Net.Sockets;
using Addergate.Settings.Model;
using Addergate.Wire.Control;

namespace Addergate.Supervisor.Endpoints;

/// <summary>The ports, or the Unix socket in their place, bound and listening from before the first child until the server stops.</summary>
internal sealed class Ports : IDisposable
{
    private const int SocketLevel = 1;
    private const int ReuseAddress = 2;

    private readonly List<Port> _sockets = [];

    private Ports()
    {
    }

    /// <summary>What each front end inherits, in this order.</summary>
    public IReadOnlyList<Port> Sockets => _sockets;

    /// <summary>The plain port.</summary>
    public int Plain => _sockets.First(static port => port.Use == ListenerUse.Plain).Number;

    /// <summary>The TLS port, or null.</summary>
    public int? Secure => _sockets.FirstOrDefault(static port => port.IsSecure)?.Number;

    /// <summary>The port of the page with figures, or null.</summary>
    public int? Telemetry => _sockets.Find(static port => port.Use == ListenerUse.Telemetry)?.Number;

    /// <summary>Names of sockets that an earlier server bound and that the settings no longer ask for.</summary>
    public IReadOnlyList<string> Outdated { get; private set; } = [];

    /// <summary>Takes the passed sockets that fit, and binds the others; null with the reason for people.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="identity">Whose a Unix socket is to be.</param>
    /// <param name="passed">Owned from here on. One that somebody gave to the server stands for --port, or for
    /// --https-port, whatever address it has; one of an earlier server's own is used when it still has the right one.
    /// </param>
    /// <param name="reason">Why the result is null.</param>
    /// <param name="page">Port of the page with figures, or null.</param>
    public static Ports? Open(
        ListenSettings settings,
        IdentitySettings identity,
        IReadOnlyList<PassedSocket> passed,
        out string reason,
        int? page = null)
    {
        var ports = new Ports();
        if (ports.TryOpen(settings, identity, passed, page, out reason))
        {
            return ports;
        }

        foreach (var socket in passed)
        {
            socket.Socket.Dispose();
        }

        ports.Dispose();
        return null;
    }

    public void Dispose()
    {
        foreach (var port in _sockets)
        {
            port.Socket.Dispose();
        }
    }

    private bool TryOpen(
        ListenSettings settings,
        IdentitySettings identity,
        IReadOnlyList<PassedSocket> passed,
        int? page,
        out string reason)
    {
        IPAddress? address = null;
        if (settings.UnixSocket() is null && !IPAddress.TryParse(settings.Host, out address))
        {
            reason = $"{settings.Host} is no IP address";
            return false;
        }

        foreach (var given in passed.Where(static socket => !socket.IsOurs))
        {
            var isSecure = PortNames.IsSecure(given.Name) || (given.Address as IPEndPoint)?.Port is { } number && number == settings.HttpsPort;
            if (given.Name == PortNames.Plain(ListenerUse.Telemetry))
            {
                reason = $"the socket {given.Name} ({given.Address}) that this program was started with is not taken: the page with "
                    + "figures is for this machine alone, at --telemetry-ui-port.";
                return false;
            }

            if (isSecure && settings.HttpsPort is null)
            {
                reason = $"the socket {given.Name} ({given.Address}) that this program was started with is for TLS, which "
                    + "needs --https-port and a certificate.";
                return false;
            }

            var use = isSecure ? ListenerUse.Secure : ListenerUse.Plain;
            _sockets.Add(new Port(given.Socket, use, PortNames.Plain(use)));
        }

        var ours = passed.Where(static socket => socket.IsOurs).ToList();
        var hasSite = address is null
            ? TryAddUnix(settings, identity, ours, out reason)
            : TryAdd(address, settings.Port, settings.Backlog, ListenerUse.Plain, ours, out reason)
                && (settings.HttpsPort is not { } secure
                    || TryAdd(address, secure, settings.Backlog, ListenerUse.Secure, ours, out reason));
        if (!hasSite
            || (page is { } local
                && !TryAdd(IPAddress.Loopback, local, settings.Backlog, ListenerUse.Telemetry, ours, out reason)))
        {
            return false;
        }

        Outdated = [.. ours.Select(static socket => socket.Name).Distinct()];
        ours.ForEach(static socket => socket.Socket.Dispose());
        return true;
    }

    /// <summary>Adds one that was passed, which leaves the list, or binds it; nothing when there is one already.</summary>
    private bool TryAdd(
        IPAddress address, int number, int backlog, ListenerUse use, List<PassedSocket> ours, out string reason)
    {
        reason = "";
        if (_sockets.Exists(port => port.Use == use))
        {
            return true;
        }

        var name = PortNames.Of(use);
        var place = ours.FindIndex(socket => socket.Name == name
            && socket.Address is IPEndPoint bound
            && bound.Address.Equals(address)
            && (number == 0 || bound.Port == number));
        if (place >= 0)
        {
            _sockets.Add(new Port(ours[place].Socket, use, name));
            ours.RemoveAt(place);
            return true;
        }

        if (Bind(address, number, backlog, use, out reason) is not { } opened)
        {
            return false;
        }

        _sockets.Add(new Port(opened, use, name));
        return true;
    }

    private bool TryAddUnix(ListenSettings settings, IdentitySettings identity, List<PassedSocket> ours, out string reason)
    {
        reason = "";
        var name = PortNames.Of(ListenerUse.Plain);
        if (_sockets.Count > 0)
        {
            return true;
        }

        var place = ours.FindIndex(socket => socket.Name == name && socket.Address.ToString() == settings.UnixSocket());
        var socket = place >= 0 ? ours[place].Socket : UnixPort.Open(settings, identity, out reason);
        if (place >= 0)
        {
            ours.RemoveAt(place);
        }

        if (socket is not null)
        {
            _sockets.Add(new Port(socket, ListenerUse.Plain, name));
        }

        return socket is not null;
    }

    private static Socket? Bind(IPAddress address, int port, int backlog, ListenerUse use, out string reason)
    {
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
            reason = "";
            return socket;
        }
        catch (SocketException error)
        {
            socket?.Dispose();
            reason = Explain(error, address, port, use);
            return null;
        }
    }

    private static string Explain(SocketException error, IPAddress address, int port, ListenerUse use)
    {
        var option = use switch
        {
            ListenerUse.Secure => "--https-port",
            ListenerUse.Telemetry => "--telemetry-ui-port",
            _ => "--port",
        };
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
