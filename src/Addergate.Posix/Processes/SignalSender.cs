using System.Runtime.InteropServices;

namespace Addergate.Posix.Processes;

/// <summary>kill(2) and killpg(3). A process that has ended is no error: it cannot be told from one that just did.
/// </summary>
public static partial class SignalSender
{
    /// <summary>False when there is no such process, or it is not ours to signal.</summary>
    public static bool ToProcess(int processId, Signal signal) => processId > 0 && Kill(processId, (int)signal) == 0;

    /// <summary>False when the group has no member.</summary>
    public static bool ToGroup(int processGroup, Signal signal) =>
        processGroup > 1 && KillGroup(processGroup, (int)signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "killpg", SetLastError = true)]
    private static partial int KillGroup(int group, int signal);
}
