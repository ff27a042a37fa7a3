using Addergate.Wire.Administration;

namespace Addergate.Supervisor.Fleets;

/// <summary>What happened to front ends and workers last, for those who look at the server. On the loop.</summary>
/// <param name="workers">As many as there may be at once.</param>
/// <param name="time">The clock.</param>
internal sealed class ProcessHistory(int workers, TimeProvider time)
{
    // Some reloads of a usual server, and one of a large server: three for each worker that is replaced, and a failure or
    // two. It travels with each snapshot, which must fit into a message.
    private readonly int _most = Math.Clamp(4 * workers, 50, 2000);

    private readonly Queue<ProcessEvent> _events = [];
    private long _count;

    public IReadOnlyList<ProcessEvent> Last => [.. _events];

    /// <param name="child">Whose process.</param>
    /// <param name="what">ready, stopping or ended.</param>
    /// <param name="reason">Why, or empty.</param>
    public void Add(Child child, string what, string reason)
    {
        if (_events.Count == _most)
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
