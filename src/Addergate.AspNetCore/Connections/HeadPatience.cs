namespace Addergate.AspNetCore.Connections;

/// <summary>
/// How long a client may take to send the head of a request, as Apache's <c>mod_reqtimeout</c> counts it: a first
/// allowance, one more second for every so many bytes, and never more than a cap. A client that sends nothing at all for
/// a time is given up before. Zero is off.
/// </summary>
/// <param name="First">The allowance; zero turns rate and cap off, too.</param>
/// <param name="Most">The cap.</param>
/// <param name="Rate">Bytes for one more second.</param>
/// <param name="Silence">Without a byte.</param>
public readonly record struct HeadPatience(TimeSpan First, TimeSpan Most, int Rate, TimeSpan Silence)
{
    /// <summary>Whether a head is late.</summary>
    /// <param name="elapsed">Since its first byte was seen.</param>
    /// <param name="bytes">What came of it.</param>
    /// <param name="silent">Since its last byte was seen.</param>
    internal bool IsOver(TimeSpan elapsed, int bytes, TimeSpan silent)
    {
        if (Silence > TimeSpan.Zero && silent > Silence)
        {
            return true;
        }

        if (First == TimeSpan.Zero)
        {
            return false;
        }

        var allowed = Rate == 0 ? First : First + TimeSpan.FromSeconds(bytes / Rate);
        return elapsed > (Most > TimeSpan.Zero && Most < allowed ? Most : allowed);
    }

    /// <summary>The longest that a head of the largest size can take; only where there is an allowance.</summary>
    internal TimeSpan Longest(int maxHead) =>
        Rate == 0 ? First
        : Most > TimeSpan.Zero ? Most
        : First + TimeSpan.FromSeconds(maxHead / Rate);
}
