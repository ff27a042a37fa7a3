namespace Addergate.AspNetCore.Connections;

/// <summary>
/// Counts how long the parser waits for the rest of a head. The reader tells when it waits; the connection's heartbeat
/// asks, once a second and on another thread. What it reads may be a moment old, which costs a client nothing but a
/// second.
/// </summary>
internal sealed class HeadClock(HeadPatience patience, TimeProvider time)
{
    private long _headStart = -1;
    private long _since;
    private long _lastByte;
    private int _bytes;
    private volatile bool _isWaiting;
    private volatile bool _isLate;

    /// <summary>For a read that was cancelled: whether it was because the patience is over. Tells it once.</summary>
    public bool TakeLate()
    {
        var isLate = _isLate;
        _isLate = false;
        return isLate;
    }

    /// <summary>The parser waits for more of a head.</summary>
    /// <param name="headStart">Where on the connection the head begins.</param>
    /// <param name="bytes">What came of it, more than 0.</param>
    public void Wait(long headStart, int bytes)
    {
        var now = time.GetTimestamp();
        if (headStart != _headStart)
        {
            _headStart = headStart;
            Volatile.Write(ref _since, now);
        }

        Volatile.Write(ref _lastByte, now);
        Volatile.Write(ref _bytes, bytes);
        _isWaiting = true;
    }

    /// <summary>It waits no longer.</summary>
    public void Stop() => _isWaiting = false;

    /// <summary>Looks at the time.</summary>
    /// <returns>Whether the wait is to be ended now.</returns>
    public bool Look()
    {
        if (!_isWaiting
            || !patience.IsOver(
                time.GetElapsedTime(Volatile.Read(ref _since)),
                Volatile.Read(ref _bytes),
                time.GetElapsedTime(Volatile.Read(ref _lastByte))))
        {
            return false;
        }

        _isLate = true;
        return true;
    }
}
