namespace Addergate.AspNetCore.Responses;

/// <summary>Judges how fast a client takes its response: in each period of a limit's length it must take what
/// <see cref="LeastRate"/> makes of it. One that takes more begins a new period.</summary>
/// <param name="now">When the first period begins.</param>
internal sealed class TakingPace(TimeSpan now)
{
    /// <summary>Bytes a second, the web server's default. Were a single byte enough, a client that reads one now and then
    /// would keep its response, and the thread that makes it, for days.</summary>
    public const int LeastRate = 240;

    private TimeSpan _since = now;
    private ulong _taken;

    /// <summary>Looks at the count of bytes that the client has taken on its connection.</summary>
    /// <param name="taken">The count.</param>
    /// <param name="now">The time.</param>
    /// <param name="limit">More than zero; from one look to the next it may change.</param>
    public bool IsTooSlow(ulong taken, TimeSpan now, TimeSpan limit)
    {
        if (taken - _taken >= limit.TotalSeconds * LeastRate)
        {
            _taken = taken;
            _since = now;
            return false;
        }

        return now - _since >= limit;
    }
}
