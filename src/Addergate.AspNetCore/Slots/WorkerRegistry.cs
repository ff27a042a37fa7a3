using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Queue;
using Addergate.Posix.Sockets;
using Addergate.Wire.Control;
using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.Slots;

/// <summary>The workers whose slots may connect, as the supervisor tells of them. Thread-safe.</summary>
public sealed class WorkerRegistry
{
    private readonly Lock _lock = new();
    private readonly Dictionary<uint, WorkerState> _workers = [];
    private readonly WsgiApplications _applications;
    private TaskCompletionSource _admission = NewAdmission();

    internal WorkerRegistry(WsgiApplications applications) => _applications = applications;

    /// <summary>Lets a worker's slots connect. Admitting it again changes nothing.</summary>
    public void Admit(AdmitMessage worker)
    {
        if (worker.Application >= _applications.All.Count)
        {
            return;
        }

        var state = new WorkerState(worker, _applications.All[worker.Application].Services);
        TaskCompletionSource admission;
        lock (_lock)
        {
            if (!_workers.TryAdd(worker.Worker, state))
            {
                return;
            }

            admission = _admission;
            _admission = NewAdmission();
        }

        state.Services.Pool.AddWorker(state);
        admission.SetResult();
    }

    /// <summary>Only this generation's slots get the requests of an application from now on; until the first call none do.
    /// </summary>
    public void PutInForce(InForceMessage message)
    {
        if (message.Application < _applications.All.Count)
        {
            _applications.All[message.Application].Pool.SetGenerationInForce(message.Generation);
        }
    }

    /// <summary>Sends a worker nothing more; completes when every slot of it was told GOODBYE or is closed. An unknown
    /// worker has none.</summary>
    public Task RetireAsync(uint worker) =>
        Find(worker) is { } state ? state.Services.Pool.RetireAsync(state) : Task.CompletedTask;

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

        foreach (var slot in state.Services.Pool.RemoveWorker(state))
        {
            slot.EndInput();
        }

        state.ReleasePage();
    }

    /// <summary>
    /// The worker that a HELLO is from, null if it does not say what the supervisor announced. A worker that nobody
    /// has announced is waited for: after a front end's death the workers connect to the new one before it has read
    /// who they are.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was not announced in time.</exception>
    internal async ValueTask<WorkerState?> MatchAsync(Hello hello, PeerCredentials peer, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task admission;
            lock (_lock)
            {
                if (_workers.TryGetValue(hello.Worker, out var state))
                {
                    return IsFrom(hello, peer, state.Admission) ? state : null;
                }

                admission = _admission.Task;
            }

            await admission.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsFrom(Hello hello, PeerCredentials peer, AdmitMessage admission) =>
        admission.ProcessId == peer.ProcessId
        && admission.UserId == peer.UserId
        && admission.Generation == hello.Generation
        && admission.Slots == hello.Slots
        && admission.NonceHigh == hello.NonceHigh
        && admission.NonceLow == hello.NonceLow;

    private static TaskCompletionSource NewAdmission() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkerState? Find(uint worker)
    {
        lock (_lock)
        {
            return _workers.GetValueOrDefault(worker);
        }
    }
}
