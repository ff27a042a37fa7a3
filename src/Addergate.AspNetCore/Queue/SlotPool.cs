using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Slots;
using Addergate.Wire.Control;

namespace Addergate.AspNetCore.Queue;

/// <summary>
/// Brings requests and slots together: one queue for all workers of an application. Thread-safe; its lock is held for a few
/// instructions and never while something is sent.
/// <code>
///  Submit ──► free slot? ──yes──► slot.Send
///                │no                  ▲
///                ▼                    │ QueueRules says which
///              queue ─────────────► Release, Add, Reassure, SetGenerationInForce
/// </code>
/// </summary>
internal sealed partial class SlotPool
{
    private readonly Lock _lock = new();
    private readonly RequestWatch _watch;
    private readonly LoadReporter _reporter;
    private readonly List<WorkerState> _workers = [];
    private uint? _inForce;
    private volatile Slot[] _slots = [];

    public SlotPool(WsgiOptions options, RequestWatch watch, LoadReporter reporter)
    {
        _watch = watch;
        _reporter = reporter;
        Limits = new TimeLimits(options, watch);
        _rules = new QueueRules(options, Limits, watch);
        watch.Attach(Look);
        reporter.Attach(this);
    }

    /// <summary>What a request is given.</summary>
    public TimeLimits Limits { get; }

    /// <summary>All connected slots; a snapshot.</summary>
    public Slot[] Slots => _slots;

    /// <summary>What every worker does that was admitted and is not gone.</summary>
    public IReadOnlyList<WorkerLoad> Measure(long now, Func<long, uint> milliseconds)
    {
        lock (_lock)
        {
            return _workers.ConvertAll(worker => worker.Measure(now, milliseconds));
        }
    }

    /// <summary>Request threads that get requests, whether they are connected or not yet.</summary>
    public int Capacity
    {
        get
        {
            lock (_lock)
            {
                return _workers.Where(IsInForce).Sum(static worker => worker.Admission.Slots);
            }
        }
    }

    /// <summary>A slot has finished with its request and can have the next.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="hasServed">Whether its worker has answered a request.</param>
    /// <param name="isQuiet">Whether that does not count as activity.</param>
    public void Release(Slot slot, bool hasServed = false, bool isQuiet = false)
    {
        Exchange? next;
        bool isRetired;
        _reporter.Wake();
        lock (_lock)
        {
            if (hasServed)
            {
                slot.Worker.CountCompleted(isQuiet);
            }

            if (slot.IsClosed)
            {
                // It was closed just now: Remove has taken it out or is about to.
                return;
            }

            isRetired = slot.Worker.Retirement is not null;
            next = !isRetired && CanServe(slot.Worker) ? _rules.TakeNext(_queue) : null;
            if (!isRetired && next is null)
            {
                slot.Worker.AddFree(slot);
            }
        }

        if (next is not null)
        {
            slot.Send(next);
        }
        else if (isRetired)
        {
            SayGoodbye(slot);
        }
    }

    /// <summary>A slot has connected.</summary>
    public void Add(Slot slot)
    {
        lock (_lock)
        {
            slot.Worker.Slots.Add(slot);
            _slots = [.. _slots, slot];
        }

        Release(slot);
    }

    /// <summary>A slot's connection is closed.</summary>
    public void Remove(Slot slot, bool wasSuspect)
    {
        lock (_lock)
        {
            Forget(slot);
            slot.Worker.Suspects -= wasSuspect ? 1 : 0;
        }

        CompleteRetirement(slot.Worker);
        Match();
    }

    /// <summary>A slot did not claim in time.</summary>
    public void Suspect(Slot slot)
    {
        lock (_lock)
        {
            slot.Worker.Suspects++;
        }
    }

    /// <summary>A suspect slot has answered.</summary>
    public void Reassure(Slot slot)
    {
        lock (_lock)
        {
            slot.Worker.Suspects--;
        }

        Release(slot);
        Match();
    }

    public void AddWorker(WorkerState worker)
    {
        lock (_lock)
        {
            _workers.Add(worker);
            CountCapacity();
        }

        _reporter.Wake();
    }

    /// <summary>Forgets a worker; it gets nothing more.</summary>
    /// <returns>Its slots that are still connected.</returns>
    public Slot[] RemoveWorker(WorkerState worker)
    {
        Slot[] slots;
        lock (_lock)
        {
            worker.Retirement ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _workers.Remove(worker);
            worker.Tally?.Close();
            slots = [.. worker.Slots];
            CountCapacity();
        }

        _reporter.Wake();
        RefuseHopeless();
        return slots;
    }

    public void SetGenerationInForce(uint generation)
    {
        lock (_lock)
        {
            _inForce = generation;
            CountCapacity();
        }

        Match();
    }

    /// <summary>Gives a worker nothing more; completes when each of its slots was told GOODBYE or is closed.</summary>
    public Task RetireAsync(WorkerState worker)
    {
        var idle = new List<Slot>();
        Task retired;
        lock (_lock)
        {
            worker.Retirement ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            retired = worker.Retirement.Task;
            while (worker.HasFree)
            {
                idle.Add(worker.TakeFree());
            }

            CountCapacity();
        }

        idle.ForEach(SayGoodbye);
        CompleteRetirement(worker);
        RefuseHopeless();
        return retired;
    }

    private void SayGoodbye(Slot slot)
    {
        slot.SayGoodbye();
        lock (_lock)
        {
            Forget(slot);
        }

        CompleteRetirement(slot.Worker);
    }

    private void CompleteRetirement(WorkerState worker)
    {
        TaskCompletionSource? retirement;
        lock (_lock)
        {
            retirement = worker.Slots.Count == 0 ? worker.Retirement : null;
        }

        retirement?.TrySetResult();
    }

    private void Forget(Slot slot)
    {
        slot.Worker.Remove(slot);
        _slots = Array.FindAll(_slots, other => other != slot);
    }

    // Sends what waits to slots that have become usable for another reason than a finished request.
    private void Match()
    {
        while (true)
        {
            Exchange? exchange;
            Slot? slot;
            lock (_lock)
            {
                slot = _queue.Count > 0 ? TakeFree() : null;
                exchange = slot is null ? null : _rules.TakeNext(_queue);
            }

            if (exchange is null)
            {
                return;
            }

            slot!.Send(exchange);
        }
    }

    // From the worker with the fewest busy slots, so that processes share the load; the first of equals, so that a
    // light load stays where caches are warm.
    private Slot? TakeFree()
    {
        WorkerState? best = null;
        foreach (var worker in _workers)
        {
            if (worker.HasFree && CanServe(worker) && (best is null || worker.Busy < best.Busy))
            {
                best = worker;
            }
        }

        return best?.TakeFree();
    }

    private bool CanServe(WorkerState worker) => IsInForce(worker) && worker.Suspects == 0;

    private bool IsInForce(WorkerState worker) =>
        worker.Admission.Generation == _inForce && worker.Retirement is null;

    // With the lock held.
    private void CountCapacity() =>
        _rules.OnCapacity(_workers.Where(IsInForce).Sum(static worker => worker.Admission.Slots));

    private long Look(long now)
    {
        var dueAt = LookAtQueue(now);
        foreach (var slot in _slots)
        {
            dueAt = Math.Min(dueAt, slot.Check(now));
        }

        return dueAt;
    }
}
