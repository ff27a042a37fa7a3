using Addergate.Posix.Processes;

namespace Addergate.Supervisor.Shell;

/// <summary>
/// What a child forked and left behind in its process group: asked to end with SIGTERM, and killed when that was in
/// vain. On the supervisor's loop, which is where everything is reaped.
///
/// <para>Orphans become children of this process, and the number of a group cannot be given to another as long as
/// somebody is in it who has not been reaped. So a group is signalled only while a child of this process is in it. A
/// process with the group's own number means that the group was gone for a moment, and the number is another's.</para>
/// </summary>
/// <param name="patience">How long it may take to end after SIGTERM.</param>
/// <param name="later">Does something on the loop after a time.</param>
/// <param name="warn">Takes a line for the log.</param>
internal sealed class LeftBehind(TimeSpan patience, Action<TimeSpan, Action> later, Action<string> warn)
{
    private readonly Dictionary<int, string> _groups = [];
    private Action? _whenNone;

    /// <summary>A child has ended and is about to be reaped: its number cannot be another's yet.</summary>
    /// <param name="leader">Its pid, which is the number of its group.</param>
    /// <param name="atOnce">Whether nothing is given time.</param>
    public static void End(int leader, bool atOnce) =>
        SignalSender.ToGroup(leader, atOnce ? Signal.Kill : Signal.Terminate);

    /// <summary>The child has been reaped; what is left of its group is not forgotten.</summary>
    /// <param name="group">The number of its group.</param>
    /// <param name="whose">It, for people.</param>
    public void Add(int group, string whose)
    {
        if (IsStill(group))
        {
            _groups[group] = whose;
            later(patience, () => Kill(group));
        }
    }

    /// <summary>Something has been reaped: it may have been the last of its group.</summary>
    public void Look()
    {
        foreach (var group in _groups.Keys.ToArray())
        {
            if (!IsStill(group))
            {
                _groups.Remove(group);
            }
        }

        Tell();
    }

    /// <summary>Kills what is left, at once.</summary>
    public void KillAll()
    {
        foreach (var group in _groups.Keys.ToArray())
        {
            Kill(group);
        }
    }

    /// <summary>Does something as soon as nothing is left, which is now or within the time that everything has.</summary>
    public void WhenNone(Action then)
    {
        _whenNone = then;
        Tell();
    }

    private static bool IsStill(int group) => Reaper.HasChildIn(group) && !SignalSender.ToProcess(group, Signal.None);

    private void Kill(int group)
    {
        if (_groups.Remove(group, out var whose) && IsStill(group))
        {
            var members = ProcessGroup.Members(group).Select(static member => $"{member.Name} (pid {member.ProcessId})");
            warn($"{whose} left processes behind that did not end in time and are killed: {string.Join(", ", members)}");
            SignalSender.ToGroup(group, Signal.Kill);
        }

        Tell();
    }

    private void Tell()
    {
        if (_groups.Count == 0 && _whenNone is { } then)
        {
            _whenNone = null;
            then();
        }
    }
}
