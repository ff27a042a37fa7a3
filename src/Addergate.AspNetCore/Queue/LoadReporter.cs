using Addergate.AspNetCore.Dispatch;
using Addergate.Wire.Control;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Queue;

/// <summary>
/// Tells the supervisor once a second what the workers do, and the log that requests were turned away, as long as
/// anything changes; then it sleeps. After the last report the workers' idle times go on by themselves.
/// </summary>
internal sealed class LoadReporter : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    // Overload may last for hours.
    private static readonly TimeSpan LogPeriod = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly SupervisorLink _supervisor;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly List<SlotPool> _pools = [];
    private LoadMessage _last = new([], []);
    private long _loggedAt;
    private long _loggedRefused;
    private long _loggedTimeouts;
    private int _isAwake;

    public LoadReporter(TimeProvider time, SupervisorLink supervisor, ILogger<WsgiDispatcher> logger)
    {
        _time = time;
        _supervisor = supervisor;
        _logger = logger;
        _loggedAt = time.GetTimestamp() - (LogPeriod.Ticks * time.TimestampFrequency / TimeSpan.TicksPerSecond);
        _timer = time.CreateTimer(
            static reporter => ((LoadReporter)reporter!).Report(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Names whose load it is, in the order in which the supervisor knows the applications. Before the first request.
    /// </summary>
    public void Attach(SlotPool pool) => _pools.Add(pool);

    /// <summary>Something has changed. Any thread; cheap.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref _isAwake) == 0 && Interlocked.Exchange(ref _isAwake, 1) == 0)
        {
            _timer.Change(Period, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The load at this moment. Any thread.</summary>
    public LoadMessage Measure()
    {
        var now = _time.GetTimestamp();
        return new LoadMessage(
            _pools.ConvertAll(pool => new QueueLoad(
                (uint)pool.Waiting,
                Milliseconds(pool.OldestWait(now)),
                (ulong)pool.Refused,
                (ulong)(pool.QueueTimeouts + pool.RunTimeouts))),
            [.. _pools.SelectMany(pool => pool.Measure(now, Milliseconds))]);
    }

    public void Dispose() => _timer.Dispose();

    private void Report()
    {
        // Asleep before looking: a change that comes meanwhile wakes it again.
        Interlocked.Exchange(ref _isAwake, 0);
        var load = Measure();
        var isNews = load.Queues.Any(static queue => queue.Waiting > 0) || !IsSame(load, _last);
        if (isNews)
        {
            _last = load;
            _supervisor.Tell(load);
        }

        var isToldAll = LogRefusals();
        if (isNews || !isToldAll)
        {
            Wake();
        }
    }

    private uint Milliseconds(long span) => (uint)Math.Min(uint.MaxValue, span * 1000.0 / _time.TimestampFrequency);

    private static bool IsSame(LoadMessage one, LoadMessage other) =>
        one.Queues.Select(WithoutWait).SequenceEqual(other.Queues.Select(WithoutWait))
        && one.Workers.Select(WithoutIdle).SequenceEqual(other.Workers.Select(WithoutIdle));

    private static QueueLoad WithoutWait(QueueLoad queue) => queue with { OldestWaitMilliseconds = 0 };

    private static WorkerLoad WithoutIdle(WorkerLoad worker) => worker with { IdleMilliseconds = 0 };

    private bool LogRefusals()
    {
        var refused = _pools.Sum(static pool => pool.Refused) - _loggedRefused;
        var timeouts = _pools.Sum(static pool => pool.QueueTimeouts) - _loggedTimeouts;
        if (refused == 0 && timeouts == 0)
        {
            return true;
        }

        if (_time.GetElapsedTime(_loggedAt) < LogPeriod)
        {
            return false;
        }

        _loggedAt = _time.GetTimestamp();
        _loggedRefused += refused;
        _loggedTimeouts += timeouts;
        DispatchLog.Overloaded(
            _logger,
            refused,
            timeouts,
            _pools.Sum(static pool => pool.Waiting),
            _pools.Sum(static pool => pool.QueueLimit));
        return true;
    }
}
