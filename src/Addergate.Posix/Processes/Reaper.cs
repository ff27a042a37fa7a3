namespace Addergate.Posix.Processes;

/// <summary>Takes the exit statuses of children; without it they stay zombies.</summary>
public static class Reaper
{
    /// <summary>Waits for one child and takes its status; null when it is not a child of this process.</summary>
    public static ExitStatus? Wait(int processId) =>
        WaitId.TryWait(WaitId.Process, processId, WaitId.Exited, out _, out var status) ? status : null;

    /// <summary>
    /// Finds any child that has ended, adopted ones included, and leaves it a zombie: so its pid, and the number of the
    /// process group that it led, cannot be given to another before <see cref="Release"/>.
    /// </summary>
    public static bool TryFindEnded(out int processId, out ExitStatus status) =>
        WaitId.TryWait(
            WaitId.All, 0, WaitId.Exited | WaitId.NoHang | WaitId.LeaveWaitable, out processId, out status)
        && processId != 0;

    /// <summary>Whether a process is a child of this one, alive or a zombie.</summary>
    public static bool IsChild(int processId) =>
        processId > 0
        && WaitId.TryWait(WaitId.Process, processId, WaitId.Exited | WaitId.NoHang | WaitId.LeaveWaitable, out _, out _);

    /// <summary>Whether any child of this process, alive or a zombie, is in a process group.</summary>
    public static bool HasChildIn(int processGroup) =>
        processGroup > 1
        && WaitId.TryWait(WaitId.Group, processGroup, WaitId.Exited | WaitId.NoHang | WaitId.LeaveWaitable, out _, out _);

    /// <summary>Lets a child go that <see cref="TryFindEnded"/> found.</summary>
    public static void Release(int processId) =>
        WaitId.TryWait(WaitId.Process, processId, WaitId.Exited | WaitId.NoHang, out _, out _);
}
