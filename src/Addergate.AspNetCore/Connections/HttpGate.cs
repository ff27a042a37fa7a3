using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Connections;

/// <summary>
/// Connection middleware, inside TLS: puts the strict gate before the HTTP/1 parser, and keeps a client that has closed
/// only its own direction. HTTP/2 passes through untouched.
/// </summary>
/// <param name="next">The HTTP/1 parser.</param>
/// <param name="maxHead">Bytes of a head from which on the parser refuses it by itself.</param>
/// <param name="patience">With the sender of a head.</param>
/// <param name="isSentAtOnce">Whether the transport sends what is flushed before the flush is over.</param>
/// <param name="isMetered">Whether each request's bytes are counted (<see cref="TrafficMeter"/>).</param>
/// <param name="time">The clock of the patience.</param>
/// <param name="logger">Logs what is refused.</param>
internal sealed partial class HttpGate(
    ConnectionDelegate next,
    int maxHead,
    HeadPatience patience,
    bool isSentAtOnce,
    bool isMetered,
    TimeProvider time,
    ILogger logger)
{
    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        if (IsHttp2(connection))
        {
            await next(connection).ConfigureAwait(false);
            return;
        }

        var transport = connection.Transport;
        var starts = isMetered ? new MessageStarts() : null;
        var reader = new GatePipeReader(
            transport.Input,
            new RequestFraming(maxHead, starts),
            violation =>
            {
                Refused(logger, connection.ConnectionId, connection.RemoteEndPoint, violation);
                connection.Features.Set(new GateVerdict(violation));
            },
            patience == default ? null : new HeadClock(patience, time),
            connection.Features.Get<IConnectionHeartbeatFeature>());
        connection.Features.Set<IGateFeature>(reader);
        connection.Transport = new GatedTransport(reader, starts is null ? transport.Output : Meter(connection, reader, starts));
        using var halfClose = HalfClose.Watch(connection);
        try
        {
            await next(connection).ConfigureAwait(false);
            if (!reader.IsAtEndOfRequest && !connection.ConnectionClosed.IsCancellationRequested)
            {
                await LingeringClose.RunAsync(connection, transport, isSentAtOnce, time).ConfigureAwait(false);
            }
        }
        finally
        {
            connection.Transport = transport;
        }
    }

    private static MeteredWriter Meter(ConnectionContext connection, GatePipeReader reader, MessageStarts starts)
    {
        var writer = new MeteredWriter(connection.Transport.Output);
        connection.Features.Set(new TrafficMeter(reader, starts, writer));
        return writer;
    }

    private static bool IsHttp2(ConnectionContext connection) =>
        connection.Features.Get<ITlsApplicationProtocolFeature>() is { } tls
        && tls.ApplicationProtocol.Span.SequenceEqual("h2"u8);

    // A client's mistake, or an attack: not worth a line unless somebody looks for it.
    [LoggerMessage(1100, LogLevel.Debug, "Connection {Connection} from {Client} broke HTTP/1.1: {Violation}.")]
    private static partial void Refused(
        ILogger logger, string connection, System.Net.EndPoint? client, Violation violation);
}
