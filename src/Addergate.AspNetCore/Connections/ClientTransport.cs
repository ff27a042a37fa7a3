using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Addergate.AspNetCore.Connections;

/// <summary>
/// The transport of inherited listeners. Connections are the web server's own; only accepting is done here, because the
/// web server's loop spins when the process has no descriptor left, and resets those clients that are too many.
/// </summary>
internal sealed class ClientTransport(
    IOptions<SocketTransportOptions> options,
    ConnectionPlaces places,
    DescriptorReserve reserve,
    TimeProvider time,
    ILoggerFactory loggers)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => endpoint is FileHandleEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var transport = options.Value;
        var connections = new SocketConnectionContextFactory(
            new SocketConnectionFactoryOptions
            {
                IOQueueCount = transport.IOQueueCount,
                MaxReadBufferSize = transport.MaxReadBufferSize,
                MaxWriteBufferSize = transport.MaxWriteBufferSize,
                UnsafePreferInlineScheduling = transport.UnsafePreferInlineScheduling,
                WaitForDataBeforeAllocatingBuffer = transport.WaitForDataBeforeAllocatingBuffer,
            },
            loggers.CreateLogger("Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets"));
        return ValueTask.FromResult<IConnectionListener>(new ClientListener(
            (FileHandleEndPoint)endpoint, connections, places, reserve, time, loggers.CreateLogger<ClientListener>()));
    }
}
