using System.Net;
using System.Net.Sockets;

namespace Addergate.Supervisor.Endpoints;

/// <summary>One listening socket.</summary>
/// <param name="Socket">It.</param>
/// <param name="IsSecure">Whether it speaks TLS.</param>
/// <param name="Name">What it is called when it is passed on: <see cref="PortNames"/>.</param>
internal sealed record Port(Socket Socket, bool IsSecure, string Name)
{
    /// <summary>Read while it is open; it is wanted when it is closed too.</summary>
    public EndPoint Address { get; } = Socket.LocalEndPoint!;

    /// <summary>0 for a Unix socket.</summary>
    public int Number => (Address as IPEndPoint)?.Port ?? 0;
}
