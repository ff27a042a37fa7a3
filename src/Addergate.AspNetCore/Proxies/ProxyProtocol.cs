using System.Buffers;
using System.Net;
using Addergate.AspNetCore.Logs;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Proxies;

/// <summary>
/// Connection middleware before TLS: a trusted peer says first whom it speaks for, with the PROXY protocol. It has to,
/// since nobody may guess whether it did (proxy-protocol.txt 2): else a client could say it. From a peer that is not
/// trusted nothing is taken; its bytes are HTTP or TLS as on any port.
/// </summary>
internal sealed partial class ProxyProtocol(
    ConnectionDelegate next, TrustedNetworks trusted, TimeProvider time, ILogger logger)
{
    // proxy-protocol.txt 2: at least 3 s, for a lost packet. It is in the first one.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Reminder _reminder = new(time);

    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        var peer = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (trusted.Contains(peer))
        {
            if (await ReadAsync(connection, peer?.ToString() ?? "on the Unix socket").ConfigureAwait(false) is not { } preamble)
            {
                return;
            }

            if (preamble.Source is not null)
            {
                connection.RemoteEndPoint = preamble.Source;
                connection.LocalEndPoint = preamble.Destination;
            }
            else
            {
                connection.Features.Set(UnknownClient.Instance);
            }
        }

        await next(connection).ConfigureAwait(false);
    }

    /// <summary>Null when there was none.</summary>
    private async Task<ProxyPreamble?> ReadAsync(ConnectionContext connection, string peer)
    {
        var input = connection.Transport.Input;
        var draining = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested
            ?? CancellationToken.None;
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(draining, limit.Token);
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(either.Token).ConfigureAwait(false);
                switch (Read(read.Buffer, out var preamble))
                {
                    case ProxyPreambleStatus.Complete:
                        input.AdvanceTo(read.Buffer.GetPosition(preamble.Length));
                        return preamble;
                    case ProxyPreambleStatus.Incomplete when !read.IsCompleted:
                        input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                        break;
                    case ProxyPreambleStatus.Incomplete:
                        // A probe that only connects.
                        input.AdvanceTo(read.Buffer.End);
                        return null;
                    default:
                        input.AdvanceTo(read.Buffer.End);
                        if (_reminder.IsDue(out _))
                        {
                            NoPreamble(logger, peer);
                        }

                        return null;
                }
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return null;
        }
    }

    private static ProxyPreambleStatus Read(ReadOnlySequence<byte> buffer, out ProxyPreamble preamble)
    {
        if (buffer.Length > ProxyPreambleReader.LongestVersion2)
        {
            buffer = buffer.Slice(0, ProxyPreambleReader.LongestVersion2);
        }

        return ProxyPreambleReader.Read(buffer.IsSingleSegment ? buffer.FirstSpan : buffer.ToArray(), out preamble);
    }

    [LoggerMessage(1122, LogLevel.Warning,
        "A connection from the proxy {Peer} was closed: it does not begin with the PROXY protocol. Turn the protocol on " +
        "there (send-proxy in HAProxy, proxy_protocol in nginx's stream), or leave --proxy-protocol out here")]
    private static partial void NoPreamble(ILogger logger, string peer);
}
