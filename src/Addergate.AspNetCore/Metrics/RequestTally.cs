using Addergate.Wire.Telemetry;

namespace Addergate.AspNetCore.Metrics;

/// <summary>Counts the requests of one worker, or those of an application that no worker saw, until the next sample. Thread-safe:
/// its lock is held for a few instructions.</summary>
/// <param name="processId">The worker's process; 0 for none.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestTally(int processId, TimeProvider time)
{
    private readonly Lock _lock = new();
    private RequestCounts _counts = new();
    private long _since = time.GetTimestamp();

    public int ProcessId => processId;

    /// <summary>Whether its worker is gone: nothing is added any more.</summary>
    public bool IsClosed { get; set; }

    public void Add(in FinishedRequest request)
    {
        lock (_lock)
        {
            _counts.Add(request);
        }
    }

    /// <summary>A request thread is free again.</summary>
    /// <param name="seconds">For how long it was taken; what lies before the last sample was counted by that.</param>
    public void AddBusy(double seconds)
    {
        lock (_lock)
        {
            _counts.AddBusy(Math.Min(seconds, time.GetElapsedTime(_since).TotalSeconds));
        }
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

            (var counts, _counts, _since) = (_counts, fresh, now);
            return counts;
        }
    }
}
