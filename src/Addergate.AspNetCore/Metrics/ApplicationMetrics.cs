namespace Addergate.AspNetCore.Metrics;

/// <summary>What is counted of one application, where anybody asks for it. Thread-safe.</summary>
internal sealed class ApplicationMetrics
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly List<RequestTally> _workers = [];

    public ApplicationMetrics(string name, TimeProvider time)
    {
        Name = name;
        _time = time;
        Unseen = new RequestTally(processId: 0, time);
    }

    /// <summary>The application's.</summary>
    public string Name { get; }

    /// <summary>Requests that no worker saw: refused, or waited in vain. Also those that were over after the last sample of
    /// their worker.</summary>
    public RequestTally Unseen { get; }

    public SlowRequestLog Slow { get; } = new();

    /// <summary>Counts for a worker from now on.</summary>
    public RequestTally Open(int processId)
    {
        var tally = new RequestTally(processId, _time, heir: Unseen);
        lock (_lock)
        {
            _workers.Add(tally);
        }

        return tally;
    }

    /// <summary>Every tally that may have anything new.</summary>
    public RequestTally[] Tallies()
    {
        lock (_lock)
        {
            _workers.RemoveAll(static tally => tally.HasEnded);
            return [Unseen, .. _workers];
        }
    }
}
