using Addergate.Wire.Frames;

namespace Addergate.Wire.Control;

/// <summary>LOAD: what the workers do and what waits for them. Counts are since the front end started.</summary>
/// <param name="Waiting">Requests in the queue.</param>
/// <param name="OldestWaitMilliseconds">How long the first of them has waited.</param>
/// <param name="Refused">Requests answered 503 because the queue was full.</param>
/// <param name="TimedOut">Requests answered 504 because they waited or ran for too long.</param>
/// <param name="Workers">Every worker that was admitted and is not gone.</param>
public sealed record LoadMessage(
    uint Waiting,
    uint OldestWaitMilliseconds,
    ulong Refused,
    ulong TimedOut,
    IReadOnlyList<WorkerLoad> Workers) : ControlMessage(ControlKind.Load)
{
    private protected override void WritePayload(FrameBuffer buffer)
    {
        buffer.WriteUInt32(Waiting);
        buffer.WriteUInt32(OldestWaitMilliseconds);
        buffer.WriteUInt64(Refused);
        buffer.WriteUInt64(TimedOut);
        buffer.WriteUInt32((uint)Workers.Count);
        foreach (var worker in Workers)
        {
            buffer.WriteUInt32(worker.Worker);
            buffer.WriteUInt64(worker.Completed);
            buffer.WriteUInt16(worker.Running);
            buffer.WriteUInt32(worker.IdleMilliseconds);
        }
    }

    internal static LoadMessage? Read(ref SpanReader reader)
    {
        if (!reader.TryTakeUInt32(out var waiting)
            || !reader.TryTakeUInt32(out var oldest)
            || !reader.TryTakeUInt64(out var refused)
            || !reader.TryTakeUInt64(out var timedOut)
            || !reader.TryTakeUInt32(out var count) || count > WireLimits.MaxWorkers)
        {
            return null;
        }

        var workers = new WorkerLoad[count];
        for (var i = 0; i < workers.Length; i++)
        {
            if (!reader.TryTakeUInt32(out var worker)
                || !reader.TryTakeUInt64(out var completed)
                || !reader.TryTakeUInt16(out var running)
                || !reader.TryTakeUInt32(out var idle))
            {
                return null;
            }

            workers[i] = new WorkerLoad(worker, completed, running, idle);
        }

        return new LoadMessage(waiting, oldest, refused, timedOut, workers);
    }
}
