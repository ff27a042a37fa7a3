using System.Net;
using System.Net.Sockets;

namespace Addergate.Supervisor.Endpoints;

/// <summary>One listening TCP socket.</summary>
/// <param name="Socket">It.</param>
/// <param name="IsSecure">Whether it speaks TLS.</param>
/// <param name="Name">What it is called when it is passed on: <see cref="PortNames"/>.</param>
internal sealed record Port(Socket Socket, bool IsSecure, string Name)
{
    /// <summary>Read while it is open; it is wanted when it is closed too.</summary>
    public IPEndPoint Address { get; } = (IPEndPoint)Socket.LocalEndPoint!;

    public int Number => Address.Port;
}
