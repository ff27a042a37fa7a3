using System.Net;
using System.Net.Sockets;

namespace Addergate.Supervisor.Endpoints;

/// <summary>A listening socket that this process was started with.</summary>
/// <param name="Socket">It.</param>
/// <param name="Name">What it is called: <see cref="PortNames"/>, or the service manager's name.</param>
internal sealed record PassedSocket(Socket Socket, string Name)
{
    /// <summary>Whether an earlier server bound it by its own settings, which may have changed since; else somebody gave
    /// it to the server to use.</summary>
    public bool IsOurs => PortNames.IsOurs(Name);

    public EndPoint Address => Socket.LocalEndPoint!;
}
