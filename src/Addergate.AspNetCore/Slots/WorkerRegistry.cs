using Addergate.AspNetCore.Queue;
using Addergate.Wire.Control;
using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.Slots;

/// <summary>The workers whose slots may connect, as the supervisor tells of them. Thread-safe.</summary>
public sealed class WorkerRegistry
{
    private readonly Lock _lock = new();
    private readonly Dictionary<uint, WorkerState> _workers = [];
    private readonly SlotPool _pool;

    internal WorkerRegistry(SlotPool pool) => _pool = pool;

    /// <summary>Lets a worker's slots connect. Admitting it again changes nothing.</summary>
    public void Admit(AdmitMessage worker)
    {
        var state = new WorkerState(worker);
        lock (_lock)
        {
            if (!_workers.TryAdd(worker.Worker, state))
            {
                return;
            }
        }

        _pool.AddWorker(state);
    }

    /// <summary>Only this generation's slots get requests from now on; until the first call none do.</summary>
    public void SetGenerationInForce(uint generation) => _pool.SetGenerationInForce(generation);

    /// <summary>Sends a worker nothing more; completes when every slot of it was told GOODBYE or is closed. An unknown
    /// worker has none.</summary>
    public Task RetireAsync(uint worker) =>
        Find(worker) is { } state ? _pool.RetireAsync(state) : Task.CompletedTask;

    /// <summary>The worker's process has ended: what it has sent is still used, then its slots are closed.</summary>
    public void Forget(uint worker)
    {
        WorkerState? state;
        lock (_lock)
        {
            _ = _workers.Remove(worker, out state);
        }

        if (state is null)
        {
            return;
        }

        foreach (var slot in _pool.RemoveWorker(state))
        {
            slot.EndInput();
        }

        state.ReleasePage();
    }

    /// <summary>The worker that a HELLO is from, if it says what the supervisor announced.</summary>
    internal WorkerState? Match(Hello hello, int processId)
    {
        var state = Find(hello.Worker);
        return state is not null
            && state.Admission.ProcessId == processId
            && state.Admission.Generation == hello.Generation
            && state.Admission.Slots == hello.Slots
            && state.Admission.NonceHigh == hello.NonceHigh
            && state.Admission.NonceLow == hello.NonceLow ? state : null;
    }

    private WorkerState? Find(uint worker)
    {
        lock (_lock)
        {
            return _workers.GetValueOrDefault(worker);
        }
    }
}
