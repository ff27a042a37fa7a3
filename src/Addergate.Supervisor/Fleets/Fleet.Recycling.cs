using Addergate.Supervisor.Table;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Fleets;

/// <summary>Single workers: replaced while they serve, and retired once the replacement does.</summary>
internal sealed partial class Fleet
{
    /// <summary>Workers that have ended, by reason.</summary>
    public RecycleCounts Recycled { get; } = new();

    /// <summary>
    /// Has a worker replaced: it serves until its replacement is ready, then finishes what runs and ends. Decided once,
    /// it is carried out for certain, however often a replacement fails to start.
    /// </summary>
    /// <returns>False when it serves nobody, or was to be replaced already; then nothing changes.</returns>
    public bool Recycle(Child worker, RecycleReason reason)
    {
        if (Phase != FleetPhase.Serving
            || worker is not { State: ChildState.Ready, Seat: { Leaving: null } seat }
            || seat.Worker != worker
            || !seat.Pool.InForce!.Has(seat))
        {
            return false;
        }

        seat.Leaving = reason;
        shell.Log(LevelOf(reason), $"{worker} is replaced: {RecycleReasons.NameOf(reason)}");
        seat.Pool.Recycling.Add(seat);
        ReplaceNext(seat.Pool);
        return true;
    }

    /// <summary>Has the worker with this process replaced because somebody asked for it.</summary>
    /// <returns>False when no worker that serves has this process.</returns>
    public bool Evict(int processId) =>
        FindWorker(child => child.ProcessId == processId) is { } worker && Recycle(worker, RecycleReason.EvictionSignal);

    /// <summary>The worker with this number; null when its process has ended.</summary>
    public Child? Worker(uint number) => FindWorker(child => child.Number == number);

    private Child? FindWorker(Func<Child, bool> isMeant) =>
        _children.Find(child => child.Role == ChildRole.Worker && isMeant(child));

    private void ReplaceNext(Pool pool)
    {
        while (Phase == FleetPhase.Serving && pool.Recycling.Next(pool.InForce!) is { } seat)
        {
            if (seat.Worker is { } worker && time.GetElapsedTime(worker.ReadyAt) >= Backoff.StableAfter)
            {
                seat.Backoff.Forget();
            }

            Fill(seat);
        }
    }

    /// <summary>The replacement is ready.</summary>
    private void Succeed(Seat seat)
    {
        var (old, reason) = (seat.Worker!, seat.Leaving!.Value);
        seat.PassOn();
        Retire(old, reason);
        ReplaceNext(seat.Pool);
    }

    /// <summary>Takes a child that is ending out of its seat, which goes to whoever was on the way there.</summary>
    private static void Leave(Child child)
    {
        if (child.Seat!.Successor == child)
        {
            child.Seat.Successor = null;
        }
        else if (child.Seat.Worker == child)
        {
            child.Seat.PassOn();
        }
    }

    private void Retire(Child worker, RecycleReason reason)
    {
        worker.Reason = reason;
        Apply(worker, ChildEvent.Retire, "");
    }

    private void Stop(Child worker, RecycleReason reason)
    {
        worker.Reason ??= reason;
        Apply(worker, ChildEvent.Stop, "");
    }

    /// <summary>A rule of the operator's, or a sign that something is wrong with the application.</summary>
    private static LogLevelCode LevelOf(RecycleReason reason) => reason switch
    {
        RecycleReason.RequestTimeout or RecycleReason.DeadlockTimeout or RecycleReason.CpuTimeLimit
            or RecycleReason.MemoryLimit => LogLevelCode.Warning,
        _ => LogLevelCode.Info,
    };
}
