using System.Net;
using System.Net.Sockets;
using Addergate.Settings.Model;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>Opens connections to a target.</summary>
internal sealed class TargetConnector(ForwardTarget target)
{
    public async ValueTask<TargetStream> ConnectAsync(DnsEndPoint host, CancellationToken cancellationToken)
    {
        var socket = target.Socket is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            EndPoint place = target.Socket is null ? host : new UnixDomainSocketEndPoint(target.Socket);
            await socket.ConnectAsync(place, cancellationToken).ConfigureAwait(false);
            // Off the thread that serves every socket: a TLS handshake may follow.
            await Task.Yield();
            return new TargetStream(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
