namespace Addergate.AspNetCore.Queue;

/// <summary>
/// Takes requests back from slots that do not claim them: something in that worker holds the GIL. The timer runs only
/// while requests are out, so that an idle server sleeps.
/// </summary>
internal sealed class ClaimWatch : IDisposable
{
    /// <summary>How long a worker may take; DESIGN says a second: far above any switch interval of the GIL, far below
    /// what a client notices as an outage.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly SlotPool _pool;
    private readonly ITimer _timer;
    private int _isAwake;

    public ClaimWatch(SlotPool pool, TimeProvider time)
    {
        _pool = pool;
        _timer = time.CreateTimer(
            static watch => ((ClaimWatch)watch!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A request was sent.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref _isAwake) == 0 && Interlocked.Exchange(ref _isAwake, 1) == 0)
        {
            _timer.Change(Period, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        // Asleep before looking: a request that is sent meanwhile wakes the watch again.
        Interlocked.Exchange(ref _isAwake, 0);
        var mustLookAgain = false;
        foreach (var slot in _pool.Slots)
        {
            mustLookAgain |= slot.CheckClaim(Patience);
        }

        if (mustLookAgain)
        {
            Wake();
        }
    }
}
