using Addergate.Wire.Telemetry;

namespace Addergate.AspNetCore.Metrics;

/// <summary>Counts the requests of one worker, or those of an application that no worker saw, until the next sample. Thread-safe:
/// its lock is held for a few instructions.</summary>
/// <param name="processId">The worker's process; 0 for none.</param>
/// <param name="time">The clock.</param>
/// <param name="heir">Gets what comes after the last sample: a client may take its answer for longer than the worker lives.
/// Null where there is no last one.</param>
internal sealed class RequestTally(int processId, TimeProvider time, RequestTally? heir = null)
{
    private readonly Lock _lock = new();
    private RequestCounts _counts = new();
    private long _since = time.GetTimestamp();
    private bool _isClosed;
    private bool _hasEnded;

    public int ProcessId => processId;

    /// <summary>Whether it was taken for the last time.</summary>
    public bool HasEnded
    {
        get
        {
            lock (_lock)
            {
                return _hasEnded;
            }
        }
    }

    /// <summary>Its worker is gone: the next sample is its last.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }
    }

    public void Add(in FinishedRequest request)
    {
        lock (_lock)
        {
            if (!_hasEnded)
            {
                _counts.Add(request);
                return;
            }
        }

        heir!.Add(request);
    }

    /// <summary>A request thread is free again.</summary>
    /// <param name="seconds">For how long it was taken; what lies before the last sample was counted by that.</param>
    public void AddBusy(double seconds)
    {
        lock (_lock)
        {
            if (!_hasEnded)
            {
                _counts.AddBusy(Math.Min(seconds, time.GetElapsedTime(_since).TotalSeconds));
                return;
            }
        }

        heir!.AddBusy(seconds);
    }

    /// <summary>Takes out what was counted.</summary>
    /// <param name="running">For how long each request thread is taken that is, in seconds.</param>
    /// <param name="now">The sample's moment.</param>
    public RequestCounts Take(IEnumerable<double> running, long now)
    {
        var fresh = new RequestCounts();
        lock (_lock)
        {
            var seconds = time.GetElapsedTime(_since, now).TotalSeconds;
            foreach (var taken in running)
            {
                _counts.AddBusy(Math.Clamp(taken, 0, seconds));
            }

            _hasEnded = _isClosed;
            (var counts, _counts, _since) = (_counts, fresh, now);
            return counts;
        }
    }
}
