namespace Addergate.Supervisor.Fleets;

/// <summary>
/// How long a replacement waits: 0.1 s after the first failure to start, doubling to 30 s. A child that had become
/// ready is replaced at once, since its load was a pause already and a client's poisonous request must not be able to
/// slow the server's recovery; only one that keeps dying right after it became ready is made to wait as well.
/// </summary>
internal sealed class Backoff
{
    /// <summary>Ready for this long, a child counts as having started well.</summary>
    public static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // Children that fail together must not load together again.
    private const double Jitter = 0.2;

    private int _failures;

    /// <summary>It ended before it was ready.</summary>
    /// <param name="random">From 0 to 1.</param>
    public TimeSpan AfterFailedStart(double random) => Delay(_failures++, random);

    /// <summary>It ended after it had been ready for a while.</summary>
    /// <param name="served">How long.</param>
    /// <param name="random">From 0 to 1.</param>
    public TimeSpan AfterServing(TimeSpan served, double random)
    {
        if (served >= StableAfter)
        {
            _failures = 0;
            return TimeSpan.Zero;
        }

        var earlier = _failures++;
        return earlier == 0 ? TimeSpan.Zero : Delay(earlier - 1, random);
    }

    /// <summary>It has served for long enough that earlier failures say nothing about the next start.</summary>
    public void Forget() => _failures = 0;

    private static TimeSpan Delay(int earlier, double random)
    {
        var delay = First * Math.Pow(2, Math.Min(earlier, 16));
        return (delay < Longest ? delay : Longest) * (1 - (Jitter * random));
    }
}
