using Addergate.Supervisor.Table;
using Addergate.Wire.Control;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Fleets;

/// <summary>How many workers there are: more when requests wait, fewer when there is little to do.</summary>
internal sealed partial class Fleet
{
    private ulong _completedByGone;

    /// <summary>Whether this front end has said what it knows of queues and workers.</summary>
    public bool IsLoadKnown { get; private set; }

    /// <summary>What waits for every application together.</summary>
    public QueueLoad Waiting => IsLoadKnown
        ? _pools.Aggregate(default(QueueLoad), static (sum, pool) => new QueueLoad(
            sum.Waiting + pool.Queue.Waiting,
            Math.Max(sum.OldestWaitMilliseconds, pool.Queue.OldestWaitMilliseconds),
            sum.Refused + pool.Queue.Refused,
            sum.TimedOut + pool.Queue.TimedOut))
        : default;

    /// <summary>Requests that workers have answered since the server started.</summary>
    public ulong Completed => _children.Aggregate(_completedByGone, static (sum, child) => sum + child.Activity.Completed);

    /// <summary>LOAD.</summary>
    public void OnLoad(LoadMessage load)
    {
        IsLoadKnown = true;
        for (var index = 0; index < Math.Min(load.Queues.Count, _pools.Length); index++)
        {
            _pools[index].Queue = load.Queues[index];
        }

        foreach (var of in load.Workers)
        {
            if (Worker(of.Worker) is { } worker)
            {
                worker.Activity.OnLoad(of, time);
            }
        }
    }

    /// <summary>The pools that people mean: those of applications.</summary>
    private IEnumerable<Pool> Sites => _pools.Where(static pool => !pool.Application.DecidesAccess);

    /// <summary>One worker more than so far, in each pool.</summary>
    public void Grow()
    {
        foreach (var pool in Sites)
        {
            if (pool.Application.Workers.Processes == 0)
            {
                shell.Notice("there is no application, so there are no workers");
                continue;
            }

            pool.Size.Raise();
            shell.Notice($"the pool{Of(pool)} is to have {Workers(pool.Size.Least)}");
            Resize(pool, TimeSpan.Zero);
        }
    }

    /// <summary>One worker fewer than so far, in each pool; one stays.</summary>
    public void Shrink()
    {
        foreach (var pool in Sites)
        {
            if (pool.Size.Least <= 1)
            {
                shell.Notice(pool.Size.Least == 1 ? $"the pool{Of(pool)} has one worker already" : "there are no workers");
                continue;
            }

            pool.Size.Lower();
            shell.Notice($"the pool{Of(pool)} is to have {Workers(pool.Size.Least)}");
            if (Phase == FleetPhase.Serving && pool.InForce!.Seats.Count > pool.Size.Least)
            {
                RemoveSeat(pool);
            }
        }
    }

    private void Resize(Pool pool, TimeSpan passed)
    {
        if (Phase != FleetPhase.Serving)
        {
            return;
        }

        var seats = pool.InForce!.Seats;
        var starting = seats.Count(static seat => seat.Worker?.State != ChildState.Ready);
        var oldestWait = TimeSpan.FromMilliseconds(IsLoadKnown ? pool.Queue.OldestWaitMilliseconds : 0);
        var next = pool.Size.Next(seats.Count, starting, oldestWait, IsLoadKnown ? pool.Running : 0, passed);
        if (next != seats.Count)
        {
            shell.Log(LogLevelCode.Info, $"the pool{Of(pool)} goes from {seats.Count} to {Workers(next)}");
        }

        while (seats.Count < next && (seats.Count < pool.Size.Least || HasMemoryForOneMore(pool)))
        {
            Fill(pool.InForce.AddSeat());

            // Else the pool would be smaller once the reload is put in force. It may be given up for this one's failure.
            if (pool.Loading is { } loading)
            {
                Fill(loading.AddSeat());
            }
        }

        while (seats.Count > next)
        {
            RemoveSeat(pool);
        }
    }

    /// <summary>Ends the worker that has least to do.</summary>
    private void RemoveSeat(Pool pool)
    {
        var seat = pool.InForce!.Seats.MinBy(static seat =>
            (seat.Worker?.State == ChildState.Ready, seat.Worker?.Activity.Running, seat.Worker?.Activity.LastActive))!;
        pool.InForce.RemoveSeat(seat);
        if (seat.Successor is { } successor)
        {
            Retire(successor, RecycleReason.PoolShrink);
        }

        if (seat.Worker is { } worker)
        {
            Retire(worker, RecycleReason.PoolShrink);
        }

        // Its turn to be replaced, if it had one, is another's now.
        ReplaceNext(pool);
    }

    /// <summary>A worker that makes the machine swap, or has another killed, is worse than a queue.</summary>
    private bool HasMemoryForOneMore(Pool pool)
    {
        var largest = pool.InForce!.Seats.Max(seat => seat.Worker is null ? 0 : shell.Measure(seat.Worker)?.ResidentBytes ?? 0);
        var isShort = shell.SpareMemory() < largest + (largest / 4);
        if (isShort && !pool.IsShortOfMemory)
        {
            shell.Log(
                LogLevelCode.Warning,
                $"requests wait, but there is no memory for another worker{Of(pool)}: the largest has {largest >> 20} MiB");
        }

        pool.IsShortOfMemory = isShort;
        return !isShort;
    }

    private static string Workers(int count) => count == 1 ? "1 worker" : $"{count} workers";
}
