using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Addergate.AspNetCore.Connections;

/// <summary>
/// The end of a connection on which the client was refused while it was still sending. Closing a socket that holds unread
/// bytes makes the kernel send a reset, which overtakes the answer and may wipe it out of the client's buffer; so what
/// still comes is read and dropped for a while, as Apache's lingering close does. The client sees the end at once where that
/// can be done: a FIN goes out behind the answer.
/// </summary>
internal static class LingeringClose
{
    // Apache's MAX_SECS_TO_LINGER.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // Apache's SECONDS_TO_LINGER: after so long without a byte the client has read its answer, or never will.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    // An upload of some size; who sends more of what is not wanted gets the reset.
    private const long MostBytes = 64L * 1024 * 1024;

    /// <summary>Sends what is in the output, then reads until the client ends, pauses or overdoes it.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="transport">Its bytes, below the gate.</param>
    /// <param name="isSentAtOnce">Whether what is flushed is with the kernel then (<see
    /// cref="SocketTransportOptions.UnsafePreferInlineScheduling"/>), so that the end can be sent behind it.</param>
    /// <param name="time">The clock.</param>
    public static async Task RunAsync(
        ConnectionContext connection, IDuplexPipe transport, bool isSentAtOnce, TimeProvider time)
    {
        try
        {
            var flush = await transport.Output.FlushAsync().ConfigureAwait(false);
            if (isSentAtOnce)
            {
                await EndOutputAsync(connection).ConfigureAwait(false);
            }

            using var limit = new CancellationTokenSource(Longest, time);
            var dropped = 0L;
            while (!flush.IsCompleted && dropped < MostBytes && !limit.IsCancellationRequested)
            {
                using var silence = new CancellationTokenSource(Silence, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, silence.Token);
                var read = await transport.Input.ReadAsync(either.Token).ConfigureAwait(false);
                dropped += read.Buffer.Length;
                transport.Input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted || read.IsCanceled)
                {
                    return;
                }
            }
        }
        catch (Exception over) when (over is OperationCanceledException or IOException or InvalidOperationException
            or SocketException)
        {
            // The time is over, or the connection is: there is nobody left to be kind to.
        }
    }

    /// <summary>The transport can only close both directions, so this is done on its socket; not when that takes no more, for
    /// then some of the answer still waits for it.</summary>
    private static async Task EndOutputAsync(ConnectionContext connection)
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket
            || !socket.Poll(0, SelectMode.SelectWrite))
        {
            return;
        }

        if (connection.Features.Get<ISslStreamFeature>() is { } tls)
        {
            await tls.SslStream.ShutdownAsync().ConfigureAwait(false);
        }

        socket.Shutdown(SocketShutdown.Send);
    }
}
