using System.ComponentModel;
using System.Runtime.InteropServices;
using Addergate.Posix.Identity;

namespace Addergate.Posix.Processes;

/// <summary>
/// prctl(2) PR_SET_DUMPABLE: afterwards no other process of the same uid can attach to this one, read its memory
/// through /proc, or get a core dump of it. Needed where a process that runs other people's code shares the uid.
/// </summary>
public static partial class ProcessSecrecy
{
    private const int PrSetDumpable = 4;

    /// <summary>Makes the calling process undumpable, for the rest of its life, and gives back the group that has guarded
    /// it until here (<see cref="NewIdentity.IsGuarded"/>).</summary>
    /// <exception cref="Win32Exception">The kernel refused.</exception>
    public static void Enter()
    {
        Close();
        var group = GetGroup();
        if (GetEffectiveGroup() == group)
        {
            return;
        }

        if (SetGroup(group, group, group) != 0 || GetEffectiveGroup() != group)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        // A change of groups sets both anew. The exec before it has also cleared the signal, as that of any program whose
        // groups differ; who has died until here has left the control socket at its end.
        Close();
        if (!ProcessControl.SetParentDeathSignal(Signal.Kill))
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    private static void Close()
    {
        if (Prctl(PrSetDumpable, 0, 0, 0, 0) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Prctl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [LibraryImport("libc", EntryPoint = "getgid")]
    private static partial uint GetGroup();

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint GetEffectiveGroup();

    [LibraryImport("libc", EntryPoint = "setresgid", SetLastError = true)]
    private static partial int SetGroup(uint real, uint effective, uint saved);
}
