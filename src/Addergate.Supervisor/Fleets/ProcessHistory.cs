using Addergate.Wire.Administration;

namespace Addergate.Supervisor.Fleets;

/// <summary>What happened to front ends and workers last, for those who look at the server. On the loop.</summary>
internal sealed class ProcessHistory(TimeProvider time)
{
    // Some reloads of a usual server; it travels with each snapshot.
    private const int Most = 50;

    private readonly Queue<ProcessEvent> _events = new(Most);
    private long _count;

    public IReadOnlyList<ProcessEvent> Last => [.. _events];

    /// <param name="child">Whose process.</param>
    /// <param name="what">ready, stopping or ended.</param>
    /// <param name="reason">Why, or empty.</param>
    public void Add(Child child, string what, string reason)
    {
        if (_events.Count == Most)
        {
            _events.Dequeue();
        }

        _events.Enqueue(new ProcessEvent(
            ++_count,
            Math.Round((time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds, 3),
            child.ProcessId,
            child.Role == ChildRole.FrontEnd ? "front end" : $"worker {child.Number}",
            what,
            reason,
            child.ReadyAt == 0 ? 0 : Math.Round(time.GetElapsedTime(child.ReadyAt).TotalSeconds, 3),
            (long)child.Activity.Completed));
    }
}
