using Addergate.Wire.Telemetry;

namespace Addergate.AspNetCore.Metrics;

/// <summary>The slow requests of an application: those that run, and the last that ended. Thread-safe.</summary>
internal sealed class SlowRequestLog
{
    // Of a server that is stuck as a whole, the first ones tell enough.
    private const int MostRunning = 100;
    private const int MostEnded = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SlowRequest> _running = [];
    private readonly Queue<(long Number, SlowRequest Request)> _ended = new();
    private long _count;

    public void Begin(SlowRequest request)
    {
        lock (_lock)
        {
            if (_running.Count < MostRunning)
            {
                _running[request.RequestId] = request;
            }
        }
    }

    public void End(SlowRequest request)
    {
        lock (_lock)
        {
            _running.Remove(request.RequestId);
            if (_ended.Count == MostEnded)
            {
                _ended.Dequeue();
            }

            _ended.Enqueue((++_count, request));
        }
    }

    /// <summary>Those that run, with the time that they have taken so far.</summary>
    /// <param name="now">Seconds since the epoch.</param>
    public SlowRequest[] Running(double now)
    {
        lock (_lock)
        {
            return [.. _running.Values.Select(request => request with { Seconds = Math.Max(request.Seconds, now - request.Start) })];
        }
    }

    /// <summary>Those of the last that ended after so many, the oldest first.</summary>
    /// <param name="count">How many the reader knows of.</param>
    /// <param name="all">How many have ended.</param>
    public SlowRequest[] EndedAfter(long count, out long all)
    {
        lock (_lock)
        {
            all = _count;
            return [.. _ended.Where(ended => ended.Number > count).Select(static ended => ended.Request)];
        }
    }
}
