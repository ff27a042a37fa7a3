using Addergate.Posix.Memory;

namespace Addergate.Supervisor.Shell;

/// <summary>
/// Tells whether the kernel's OOM killer was at work, by its own counters: that of the server's memory group, or, where
/// there is none, that of the machine. On the supervisor's loop.
/// </summary>
internal sealed class OomKills
{
    // The count goes up when the kernel decides; a large process takes a while to end after that.
    private const int Looks = 5;

    private readonly Queue<(long? Group, long? Machine)> _seen = new([Look()]);

    /// <summary>Looks at the counters. To be called once a second.</summary>
    public void Refresh()
    {
        _seen.Enqueue(Look());
        if (_seen.Count > Looks)
        {
            _seen.Dequeue();
        }
    }

    /// <summary>For a process that was killed just now: words that follow its status, or none.</summary>
    public string Explain() => Explain(_seen.Peek(), Look());

    internal static string Explain((long? Group, long? Machine) before, (long? Group, long? Machine) now)
    {
        if (now.Group > before.Group)
        {
            return $", and the kernel's OOM killer has just been at work among this server's processes "
                + $"(its count for their control group went from {before.Group} to {now.Group})";
        }

        return now.Group is null && now.Machine > before.Machine
            ? $", and the kernel's OOM killer has just been at work on this machine "
                + $"(its count went from {before.Machine} to {now.Machine})"
            : "";
    }

    private static (long? Group, long? Machine) Look() => (MemoryGroup.Current.OomKills, MachineMemory.OomKills);
}
