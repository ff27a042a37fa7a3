using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Addergate.AspNetCore.Connections;

/// <summary>The transport of <see cref="HandoverEndPoint"/>: accepts what <see cref="HandOverAsync"/> is given.</summary>
internal sealed class HandoverTransport : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly Channel<ConnectionContext> _connections = Channel.CreateUnbounded<ConnectionContext>();

    /// <summary>Serves a connection on the other endpoint; completes when that has ended it. At once when the endpoint
    /// accepts no more.</summary>
    public Task HandOverAsync(ConnectionContext connection)
    {
        var handedOver = new HandedOverConnection(connection);
        return _connections.Writer.TryWrite(handedOver) ? handedOver.Ended : Task.CompletedTask;
    }

    public bool CanBind(EndPoint endpoint) =>
        endpoint is HandoverEndPoint handover && ReferenceEquals(handover.Transport, this);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(new Listener(endpoint, _connections));

    private sealed class Listener(EndPoint endPoint, Channel<ConnectionContext> connections) : IConnectionListener
    {
        public EndPoint EndPoint => endPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (await connections.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (connections.Reader.TryRead(out var connection))
                {
                    return connection;
                }
            }

            return null;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            connections.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
