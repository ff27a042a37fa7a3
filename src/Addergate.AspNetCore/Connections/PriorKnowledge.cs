using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Addergate.AspNetCore.Connections;

/// <summary>
/// Connection middleware of a plain port that speaks HTTP/1 and HTTP/2 with prior knowledge (RFC 9113 3.3). Kestrel
/// speaks either on a port without TLS, so a connection that begins with HTTP/2's preface is handed over to an HTTP/2
/// endpoint of the same server that has no port.
/// </summary>
/// <param name="next">HTTP/1.</param>
/// <param name="http2">Takes the connections that are HTTP/2.</param>
/// <param name="patience">How long a client may take to show which it is: as for the rest of a request's head.</param>
/// <param name="time">For it.</param>
internal sealed class PriorKnowledge(ConnectionDelegate next, HandoverTransport http2, TimeSpan patience, TimeProvider time)
{
    // RFC 9113 3.4.
    private static readonly byte[] Preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8];

    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        switch (await OpeningBytes.JudgeAsync(connection, Judge, patience, time).ConfigureAwait(false))
        {
            case true:
                await http2.HandOverAsync(connection).ConfigureAwait(false);
                break;
            case false:
                await next(connection).ConfigureAwait(false);
                break;
            default:
                break;
        }
    }

    private static bool? Judge(ReadOnlySequence<byte> buffer)
    {
        Span<byte> start = stackalloc byte[Preface.Length];
        start = start[..(int)Math.Min(buffer.Length, start.Length)];
        buffer.Slice(0, start.Length).CopyTo(start);
        return !Preface.AsSpan(0, start.Length).SequenceEqual(start) ? false
            : start.Length == Preface.Length ? true
            : null;
    }
}
