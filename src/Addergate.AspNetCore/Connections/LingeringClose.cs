using System.IO.Pipelines;

namespace Addergate.AspNetCore.Connections;

/// <summary>
/// The end of a connection on which the client was refused while it was still sending. Closing a socket that holds unread
/// bytes makes the kernel send a reset, which overtakes the answer and may wipe it out of the client's buffer; so what
/// still comes is read and dropped for a while, as Apache's lingering close does.
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
    public static async Task RunAsync(IDuplexPipe transport, TimeProvider time)
    {
        try
        {
            var flush = await transport.Output.FlushAsync().ConfigureAwait(false);
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
        catch (Exception over) when (over is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The time is over, or the connection is: there is nobody left to be kind to.
        }
    }
}
