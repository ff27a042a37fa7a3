namespace Addergate.Supervisor.Fleets;

/// <summary>
/// Whether a worker answers. A PING is answered by a thread that has to take Python's lock for it, so silence means that
/// the lock cannot be had. One question is open at a time: silence is counted from the one that was not answered.
/// </summary>
internal sealed class Heartbeat
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private TimeSpan _sinceAsked;
    private bool _isOpen;
    private bool _hasBegun;

    /// <summary>How long the open question has been without an answer; zero when there is none.</summary>
    public TimeSpan Silence => _isOpen ? _sinceAsked : TimeSpan.Zero;

    /// <summary>Time passes.</summary>
    /// <param name="time">How much, of which the worker can be held to account for.</param>
    /// <returns>Whether to ask now.</returns>
    public bool Pass(TimeSpan time)
    {
        _sinceAsked += time;
        if (_isOpen || (_hasBegun && _sinceAsked < Interval))
        {
            return false;
        }

        (_hasBegun, _isOpen, _sinceAsked) = (true, true, TimeSpan.Zero);
        return true;
    }

    /// <summary>It answered.</summary>
    public void OnAnswer() => _isOpen = false;
}
