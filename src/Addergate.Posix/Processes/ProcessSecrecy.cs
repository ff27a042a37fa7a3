using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Addergate.Posix.Processes;

/// <summary>
/// prctl(2) PR_SET_DUMPABLE: afterwards no other process of the same uid can attach to this one, read its memory
/// through /proc, or get a core dump of it. Needed where a process that runs other people's code shares the uid.
/// </summary>
public static partial class ProcessSecrecy
{
    private const int PrSetDumpable = 4;

    /// <summary>Makes the calling process undumpable, for the rest of its life.</summary>
    /// <exception cref="Win32Exception">The kernel refused.</exception>
    public static void Enter()
    {
        if (Prctl(PrSetDumpable, 0, 0, 0, 0) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Prctl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);
}
