using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Addergate.AspNetCore.Connections;

/// <summary>Looks at the first bytes of a connection to tell who should have it.</summary>
internal static class OpeningBytes
{
    /// <summary>Reads until what has come can be judged; whoever reads next finds all of it, as if nobody had looked.</summary>
    /// <param name="connection">A connection that nothing has read from.</param>
    /// <param name="judge">Null when it wants to see more.</param>
    /// <param name="patience">How long a client may take to show it.</param>
    /// <param name="time">For that.</param>
    /// <returns>The judgement, false where the client ended before there was one, and null when it said nothing or not enough
    /// in time: the connection is to be closed.</returns>
    public static async ValueTask<bool?> JudgeAsync(
        ConnectionContext connection, Func<ReadOnlySequence<byte>, bool?> judge, TimeSpan patience, TimeProvider time)
    {
        var input = connection.Transport.Input;
        var draining = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested
            ?? CancellationToken.None;
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(draining, limit.Token);
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(either.Token).ConfigureAwait(false);
                var judgement = read.Buffer.IsEmpty ? null : judge(read.Buffer);
                if (judgement is null && !read.IsCompleted)
                {
                    input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                    continue;
                }

                // Nothing counts as examined: else the next to read would wait for more.
                input.AdvanceTo(read.Buffer.Start);
                return judgement ?? (read.Buffer.IsEmpty ? null : false);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return null;
        }
    }
}
