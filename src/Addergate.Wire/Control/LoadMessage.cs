using Addergate.Wire.Frames;

namespace Addergate.Wire.Control;

/// <summary>LOAD: what the workers do and what waits for them.</summary>
/// <param name="Queues">One for each application, in the order of the settings.</param>
/// <param name="Workers">Every worker that was admitted and is not gone.</param>
public sealed record LoadMessage(IReadOnlyList<QueueLoad> Queues, IReadOnlyList<WorkerLoad> Workers)
    : ControlMessage(ControlKind.Load)
{
    private protected override void WritePayload(FrameBuffer buffer)
    {
        buffer.WriteUInt32((uint)Queues.Count);
        foreach (var queue in Queues)
        {
            buffer.WriteUInt32(queue.Waiting);
            buffer.WriteUInt32(queue.OldestWaitMilliseconds);
            buffer.WriteUInt64(queue.Refused);
            buffer.WriteUInt64(queue.TimedOut);
        }

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
        if (!reader.TryTakeUInt32(out var applications) || applications > WireLimits.MaxApplications)
        {
            return null;
        }

        var queues = new QueueLoad[applications];
        for (var i = 0; i < queues.Length; i++)
        {
            if (!reader.TryTakeUInt32(out var waiting)
                || !reader.TryTakeUInt32(out var oldest)
                || !reader.TryTakeUInt64(out var refused)
                || !reader.TryTakeUInt64(out var timedOut))
            {
                return null;
            }

            queues[i] = new QueueLoad(waiting, oldest, refused, timedOut);
        }

        if (!reader.TryTakeUInt32(out var count) || count > WireLimits.MaxWorkers)
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

        return new LoadMessage(queues, workers);
    }
}
