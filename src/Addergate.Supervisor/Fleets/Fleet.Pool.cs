using Addergate.Supervisor.Table;
using Addergate.Wire.Control;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Fleets;

/// <summary>How many workers there are: more when requests wait, fewer when there is little to do.</summary>
internal sealed partial class Fleet
{
    private readonly PoolSize _size = new(policy.Workers);
    private bool _isShortOfMemory;
    private ulong _completedByGone;

    /// <summary>What the front end said last of queue and workers; null before it said anything.</summary>
    public LoadMessage? Load { get; private set; }

    /// <summary>Requests that workers have answered since the server started.</summary>
    public ulong Completed => _children.Aggregate(_completedByGone, static (sum, child) => sum + child.Activity.Completed);

    /// <summary>LOAD.</summary>
    public void OnLoad(LoadMessage load)
    {
        Load = load;
        foreach (var of in load.Workers)
        {
            if (Worker(of.Worker) is { } worker)
            {
                worker.Activity.OnLoad(of, time);
            }
        }
    }

    /// <summary>One worker more than so far.</summary>
    public void Grow()
    {
        if (policy.Workers.Processes == 0)
        {
            shell.Notice("there is no application, so there are no workers");
            return;
        }

        _size.Raise();
        shell.Notice($"the pool is to have {Workers(_size.Least)}");
        Resize(TimeSpan.Zero);
    }

    /// <summary>One worker fewer than so far; one stays.</summary>
    public void Shrink()
    {
        if (_size.Least <= 1)
        {
            shell.Notice(_size.Least == 1 ? "the pool has one worker already" : "there are no workers");
            return;
        }

        _size.Lower();
        shell.Notice($"the pool is to have {Workers(_size.Least)}");
        if (Phase == FleetPhase.Serving && _inForce!.Seats.Count > _size.Least)
        {
            RemoveSeat();
        }
    }

    private void Resize(TimeSpan passed)
    {
        if (Phase != FleetPhase.Serving)
        {
            return;
        }

        var seats = _inForce!.Seats;
        var starting = seats.Count(static seat => seat.Worker?.State != ChildState.Ready);
        var next = _size.Next(seats.Count, starting, Load, passed);
        if (next != seats.Count)
        {
            shell.Log(LogLevelCode.Info, $"the pool goes from {seats.Count} to {Workers(next)}");
        }

        while (seats.Count < next && (seats.Count < _size.Least || HasMemoryForOneMore()))
        {
            Fill(_inForce.AddSeat());

            // Else the pool would be smaller once the reload is put in force. It may be given up for this one's failure.
            if (_loading is { } loading)
            {
                Fill(loading.AddSeat());
            }
        }

        while (seats.Count > next)
        {
            RemoveSeat();
        }
    }

    /// <summary>Ends the worker that has least to do.</summary>
    private void RemoveSeat()
    {
        var seat = _inForce!.Seats.MinBy(static seat =>
            (seat.Worker?.State == ChildState.Ready, seat.Worker?.Activity.Running, seat.Worker?.Activity.LastActive))!;
        _inForce.RemoveSeat(seat);
        if (seat.Successor is { } successor)
        {
            Retire(successor, RecycleReason.PoolShrink);
        }

        if (seat.Worker is { } worker)
        {
            Retire(worker, RecycleReason.PoolShrink);
        }

        // Its turn to be replaced, if it had one, is another's now.
        ReplaceNext();
    }

    /// <summary>A worker that makes the machine swap, or has another killed, is worse than a queue.</summary>
    private bool HasMemoryForOneMore()
    {
        var largest = _inForce!.Seats.Max(seat => seat.Worker is null ? 0 : shell.Measure(seat.Worker)?.ResidentBytes ?? 0);
        var isShort = shell.SpareMemory() < largest + (largest / 4);
        if (isShort && !_isShortOfMemory)
        {
            shell.Log(
                LogLevelCode.Warning,
                $"requests wait, but there is no memory for another worker: the largest has {largest >> 20} MiB");
        }

        _isShortOfMemory = isShort;
        return !isShort;
    }

    private static string Workers(int count) => count == 1 ? "1 worker" : $"{count} workers";
}
