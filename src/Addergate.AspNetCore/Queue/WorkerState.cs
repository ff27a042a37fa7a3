using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Metrics;
using Addergate.AspNetCore.Slots;
using Addergate.Posix.Memory;
using Addergate.Wire.Claims;
using Addergate.Wire.Control;
using Microsoft.Win32.SafeHandles;

namespace Addergate.AspNetCore.Queue;

/// <summary>One worker as the pool sees it. Everything that changes is guarded by the pool's lock.</summary>
internal sealed class WorkerState(AdmitMessage admission, ExchangeServices services)
{
    private readonly List<Slot> _free = [];
    private readonly Lock _pageLock = new();
    private SharedMapping? _page;
    private ulong _given;
    private ulong _completed;
    private int _isStuck;
    private long? _activeAt;
    private bool _hasBeenActive;

    public AdmitMessage Admission { get; } = admission;

    /// <summary>Of its application.</summary>
    public ExchangeServices Services { get; } = services;

    /// <summary>What its requests come to; null where nobody asks.</summary>
    public RequestTally? Tally { get; } = services.Metrics?.Open(admission.ProcessId);

    /// <summary>Slots that are connected and were not told GOODBYE.</summary>
    public List<Slot> Slots { get; } = [];

    /// <summary>Slots that serve a request.</summary>
    public int Busy => Slots.Count - _free.Count;

    public bool HasFree => _free.Count > 0;

    /// <summary>Slots that did not claim a request in time and have not answered since. While there is one the worker
    /// gets nothing: its GIL is stuck.</summary>
    public int Suspects { get; set; }

    /// <summary>Set when the worker is retired; completed when every slot was told GOODBYE.</summary>
    public TaskCompletionSource? Retirement { get; set; }

    /// <summary>The most recently used free slot: its thread, its stack and its buffers are warm.</summary>
    public Slot TakeFree()
    {
        var slot = _free[^1];
        _free.RemoveAt(_free.Count - 1);
        return slot;
    }

    public void AddFree(Slot slot) => _free.Add(slot);

    /// <summary>The claim page, mapped once for all slots of the worker. Guarded by a lock of its own.</summary>
    /// <param name="file">The memfd that came with a HELLO. Its size was checked.</param>
    /// <returns>Null when the kernel refuses, or the worker is gone.</returns>
    public SharedMapping? Map(SafeFileHandle file)
    {
        lock (_pageLock)
        {
            return _page ??= SharedMapping.TryMap(file, ClaimLine.PageSize(Admission.Slots));
        }
    }

    /// <summary>Unmaps the claim page when the last slot has let go of it.</summary>
    public void ReleasePage()
    {
        lock (_pageLock)
        {
            _page?.Dispose();
        }
    }

    /// <summary>A request goes to the worker. Any thread.</summary>
    /// <returns>Whether that was the last of those that it may serve.</returns>
    public bool CountGiven() =>
        Admission.MaximumRequests > 0 && Interlocked.Increment(ref _given) == Admission.MaximumRequests;

    /// <summary>It came back, and the worker has not seen it. Any thread.</summary>
    public void CountReturned()
    {
        if (Admission.MaximumRequests > 0)
        {
            Interlocked.Decrement(ref _given);
        }
    }

    /// <summary>The worker has served a request. Under the pool's lock.</summary>
    public void CountCompleted(bool isQuiet)
    {
        _completed++;
        _hasBeenActive |= !isQuiet;
    }

    /// <summary>True for the first who finds that a thread of the worker is lost.</summary>
    public bool TrySetStuck() => Interlocked.Exchange(ref _isStuck, 1) == 0;

    /// <summary>What the worker does, for LOAD. Under the pool's lock.</summary>
    /// <param name="now">The time. Idle times are as exact as the distance between two calls.</param>
    /// <param name="milliseconds">Converts a span of that time.</param>
    public WorkerLoad Measure(long now, Func<long, uint> milliseconds)
    {
        if (_hasBeenActive || Slots.Exists(static slot => slot.IsActive))
        {
            _activeAt = now;
            _hasBeenActive = false;
        }

        var idle = _activeAt is { } activeAt ? milliseconds(now - activeAt) : WorkerLoad.NeverActive;
        return new WorkerLoad(Admission.Worker, _completed, (ushort)Busy, idle);
    }

    public void Remove(Slot slot)
    {
        Slots.Remove(slot);
        _free.Remove(slot);
    }
}
