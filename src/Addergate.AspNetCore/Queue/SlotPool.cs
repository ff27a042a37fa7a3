using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Slots;

namespace Addergate.AspNetCore.Queue;

/// <summary>
/// Brings requests and slots together: one queue for all workers. Thread-safe; its lock is held for a few
/// instructions and never while something is sent.
/// <code>
///  Submit ──► free slot? ──yes──► slot.Send
///                │no                  ▲
///                ▼                    │ oldest waiting
///              queue ─────────────► Release, Add, Reassure, SetGenerationInForce
/// </code>
/// </summary>
internal sealed class SlotPool
{
    private readonly Lock _lock = new();
    private readonly ExchangeQueue _queue = new();
    private readonly List<WorkerState> _workers = [];
    private uint? _inForce;
    private volatile Slot[] _slots = [];

    /// <summary>All connected slots; a snapshot.</summary>
    public Slot[] Slots => _slots;

    /// <summary>Requests that wait.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Gives a request to a slot, now or when one is free.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="isFirst">Before all that wait: it was sent in vain.</param>
    public void Submit(Exchange exchange, bool isFirst = false)
    {
        Slot? slot;
        lock (_lock)
        {
            slot = _queue.Count == 0 || isFirst ? TakeFree() : null;
            if (slot is null && isFirst)
            {
                _queue.AddFirst(exchange);
            }
            else if (slot is null)
            {
                _queue.AddLast(exchange);
            }
        }

        slot?.Send(exchange);
    }

    /// <summary>Takes a request out of the queue; false when it is not in it (any more).</summary>
    public bool TryWithdraw(Exchange exchange)
    {
        lock (_lock)
        {
            return _queue.TryRemove(exchange);
        }
    }

    /// <summary>A slot has finished with its request and can have the next.</summary>
    public void Release(Slot slot)
    {
        Exchange? next;
        bool isRetired;
        lock (_lock)
        {
            if (slot.IsClosed)
            {
                // It was closed just now: Remove has taken it out or is about to.
                return;
            }

            isRetired = slot.Worker.Retirement is not null;
            next = !isRetired && CanServe(slot.Worker) ? _queue.TakeFirst() : null;
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
        }
    }

    /// <summary>Forgets a worker; it gets nothing more.</summary>
    /// <returns>Its slots that are still connected.</returns>
    public Slot[] RemoveWorker(WorkerState worker)
    {
        lock (_lock)
        {
            worker.Retirement ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _workers.Remove(worker);
            return [.. worker.Slots];
        }
    }

    public void SetGenerationInForce(uint generation)
    {
        lock (_lock)
        {
            _inForce = generation;
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
        }

        idle.ForEach(SayGoodbye);
        CompleteRetirement(worker);
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
                exchange = slot is null ? null : _queue.TakeFirst();
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

    private bool CanServe(WorkerState worker) =>
        worker.Admission.Generation == _inForce && worker.Retirement is null && worker.Suspects == 0;
}
