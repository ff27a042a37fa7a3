using Addergate.AspNetCore.Slots;
using Addergate.Posix.Memory;
using Addergate.Wire.Claims;
using Addergate.Wire.Control;
using Microsoft.Win32.SafeHandles;

namespace Addergate.AspNetCore.Queue;

/// <summary>One worker as the pool sees it. Everything that changes is guarded by the pool's lock.</summary>
internal sealed class WorkerState(AdmitMessage admission)
{
    private readonly List<Slot> _free = [];
    private readonly Lock _pageLock = new();
    private SharedMapping? _page;

    public AdmitMessage Admission { get; } = admission;

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

    public void Remove(Slot slot)
    {
        Slots.Remove(slot);
        _free.Remove(slot);
    }
}
