namespace Addergate.AspNetCore.Logs;

/// <summary>Has a trouble that lasts told at once, and then once a minute: not at each request that meets it. Thread-safe.
/// </summary>
internal sealed class Reminder(TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _toldAt;
    private long _untold;

    /// <summary>The trouble was met. Whether it is to be told now.</summary>
    /// <param name="count">How often it was met since it was told last, this time included.</param>
    public bool IsDue(out long count)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            count = ++_untold;
            if (_toldAt is { } last && time.GetElapsedTime(last, now) < Period)
            {
                return false;
            }

            _toldAt = now;
            _untold = 0;
            return true;
        }
    }
}
