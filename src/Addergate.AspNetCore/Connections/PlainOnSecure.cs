using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Connections;

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
        switch (await OpeningBytes.JudgeAsync(connection, IsPlain, patience, time).ConfigureAwait(false))
        {
            case true:
                await AnswerAsync(connection).ConfigureAwait(false);
                break;
            case false:
                await next(connection).ConfigureAwait(false);
                break;
            default:
                break;
        }
    }

    // A method begins with a letter, a handshake with 22 (RFC 8446 5.1).
    private static bool? IsPlain(ReadOnlySequence<byte> buffer) => char.IsAsciiLetterUpper((char)buffer.FirstSpan[0]);

    private async Task AnswerAsync(ConnectionContext connection)
    {
        await connection.Transport.Output.WriteAsync(Answer).ConfigureAwait(false);
        // Left unread, what it sends would have the connection reset before the client has the answer.
        await LingeringClose.RunAsync(connection, connection.Transport, isSentAtOnce: true, time).ConfigureAwait(false);
    }
}
