namespace Addergate.AspNetCore.Queue;

/// <summary>
/// One timer for all requests, set to the earliest moment at which any of them might need attention. A request that
/// begins only compares its own moment with that one, which under load is nearly always earlier: so a request costs no
/// timer, and an idle server sleeps. Times are timestamps of the clock given, which does not jump.
/// </summary>
internal sealed class RequestWatch : IDisposable
{
    /// <summary>For what needs no attention.</summary>
    public const long Never = long.MaxValue;

    private readonly Lock _arming = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private Func<long, long> _look = static _ => Never;
    private long _dueAt = Never;

    public RequestWatch(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(
            static watch => ((RequestWatch)watch!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public long Now => _time.GetTimestamp();

    /// <summary>Names who looks after the requests: gets the time, and returns when to call it again. Once, before the
    /// first request.</summary>
    public void Attach(Func<long, long> look) => _look = look;

    /// <summary>A moment after another; <see cref="Never"/> for a span of zero, which means that there is no limit.
    /// </summary>
    public static long After(long start, long span) => span == 0 ? Never : start + span;

    /// <summary>A span in the clock's units.</summary>
    public long Units(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);

    /// <summary>How long ago a timestamp was.</summary>
    public TimeSpan SpanSince(long timestamp) => _time.GetElapsedTime(timestamp);

    /// <summary>Something needs attention at this moment. Any thread; cheap.</summary>
    public void Wake(long dueAt)
    {
        if (dueAt < Volatile.Read(ref _dueAt))
        {
            Arm(dueAt);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Arm(long dueAt)
    {
        lock (_arming)
        {
            if (dueAt >= _dueAt)
            {
                return;
            }

            _dueAt = dueAt;
            // A timer knows whole milliseconds, and must not be early: it would only be set again.
            var wait = TimeSpan.FromMilliseconds(
                Math.Ceiling(Math.Max(0, dueAt - Now) * 1000.0 / _time.TimestampFrequency));
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        // Unset before looking: a request that begins meanwhile sets it again.
        lock (_arming)
        {
            _dueAt = Never;
        }

        Wake(_look(Now));
    }
}
