using System.Net;
using System.Net.Sockets;
using Addergate.Wire.Control;

namespace Addergate.Supervisor.Endpoints;

/// <summary>One listening socket.</summary>
/// <param name="Socket">It.</param>
/// <param name="Use">What it is for.</param>
/// <param name="Name">What it is called when it is passed on: <see cref="PortNames"/>.</param>
internal sealed record Port(Socket Socket, ListenerUse Use, string Name)
{
    /// <summary>Read while it is open; it is wanted when it is closed too.</summary>
    public EndPoint Address { get; } = Socket.LocalEndPoint!;

    /// <summary>Whether it speaks TLS.</summary>
    public bool IsSecure => Use == ListenerUse.Secure;

    /// <summary>0 for a Unix socket.</summary>
    public int Number => (Address as IPEndPoint)?.Port ?? 0;
}
