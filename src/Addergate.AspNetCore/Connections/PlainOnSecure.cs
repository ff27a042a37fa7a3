using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Addergate.AspNetCore.Connections;

/// <summary>
/// Connection middleware before TLS: tells a client that speaks plain HTTP to the port of HTTPS what is wrong, as Apache and
/// nginx do, where a handshake that fails would only close the connection.
/// </summary>
/// <param name="next">TLS.</param>
/// <param name="patience">How long a client may take to begin.</param>
/// <param name="time">For it.</param>
internal sealed class PlainOnSecure(ConnectionDelegate next, TimeSpan patience, TimeProvider time)
{
    private static readonly byte[] Answer = Encoding.ASCII.GetBytes(
        """
        HTTP/1.1 400 Bad Request
        Content-Type: text/plain; charset=utf-8
        Content-Length: 81
        Connection: close
        Server: Addergate

        400 Bad Request: this port speaks HTTPS alone; the URL has to begin with https.

        """.ReplaceLineEndings("\r\n"));

    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        switch (await IsPlainAsync(connection).ConfigureAwait(false))
        {
            case true:
                await connection.Transport.Output.WriteAsync(Answer).ConfigureAwait(false);
                break;
            case false:
                await next(connection).ConfigureAwait(false);
                break;
            default:
                break;
        }
    }

    /// <summary>Null when the client said nothing, and the connection is to be closed.</summary>
    private async Task<bool?> IsPlainAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        var draining = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested
            ?? CancellationToken.None;
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(draining, limit.Token);
        try
        {
            var read = await input.ReadAsync(either.Token).ConfigureAwait(false);
            if (read.Buffer.IsEmpty)
            {
                return null;
            }

            // A method begins with a letter, a handshake with 22 (RFC 8446 5.1).
            var isPlain = char.IsAsciiLetterUpper((char)read.Buffer.FirstSpan[0]);
            // Left unread, what was sent would have the connection reset before the client has the answer. For TLS nothing
            // is examined: it finds all bytes as if nobody had looked.
            input.AdvanceTo(isPlain ? read.Buffer.End : read.Buffer.Start);
            return isPlain;
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return null;
        }
    }
}
