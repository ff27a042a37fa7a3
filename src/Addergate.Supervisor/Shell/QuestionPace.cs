namespace Addergate.Supervisor.Shell;

/// <summary>Keeps a child that asks without end from costing more than one that asks now and then: what it asks too early
/// waits, and what it asks meanwhile gets the same answer. On the supervisor's loop.</summary>
internal sealed class QuestionPace
{
    // As long as a worker takes an answer for fresh, so that it never waits for this.
    private static readonly TimeSpan Distance = TimeSpan.FromSeconds(0.25);

    private long? _begunAt;
    private bool _waits;

    /// <summary>A question has come.</summary>
    /// <returns>After how long to <see cref="Begin"/> with it; null when another one waits, whose answer serves both.</returns>
    public TimeSpan? TryTake(TimeProvider time)
    {
        if (_waits)
        {
            return null;
        }

        _waits = true;
        var passed = _begunAt is { } last ? time.GetElapsedTime(last) : Distance;
        return passed < Distance ? Distance - passed : TimeSpan.Zero;
    }

    /// <summary>The question is asked on now.</summary>
    public void Begin(TimeProvider time)
    {
        _waits = false;
        _begunAt = time.GetTimestamp();
    }
}
