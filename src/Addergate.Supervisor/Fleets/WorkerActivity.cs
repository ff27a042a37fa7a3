using Addergate.Wire.Control;

namespace Addergate.Supervisor.Fleets;

/// <summary>What a worker has done, as the front end tells it.</summary>
internal sealed class WorkerActivity
{
    private ulong _completedBefore;
    private ulong _completedSince;

    /// <summary>Requests answered in the worker's life. A front end that died took the last second's with it.</summary>
    public ulong Completed => _completedBefore + _completedSince;

    /// <summary>Requests that run.</summary>
    public int Running { get; private set; }

    /// <summary>Whether one runs that counts as activity.</summary>
    public bool IsActive { get; private set; }

    /// <summary>When its last request that counts as activity ended, in the clock's ticks; null before the first.
    /// </summary>
    public long? LastActive { get; private set; }

    /// <param name="load">The front end's report.</param>
    /// <param name="time">The clock.</param>
    public void OnLoad(WorkerLoad load, TimeProvider time)
    {
        _completedSince = load.Completed;
        Running = load.Running;
        IsActive = load is { Running: > 0, IdleMilliseconds: 0 };
        if (load.IdleMilliseconds != WorkerLoad.NeverActive)
        {
            LastActive = time.GetTimestamp() - (long)(load.IdleMilliseconds / 1000.0 * time.TimestampFrequency);
        }
    }

    /// <summary>Another front end counts from zero.</summary>
    public void OnFrontEndLost()
    {
        (_completedBefore, _completedSince) = (Completed, 0);
        Running = 0;
        IsActive = false;
    }
}
