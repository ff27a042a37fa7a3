using System.Runtime.InteropServices;

namespace Addergate.Posix.Processes;

/// <summary>prctl(2). Each returns false when the kernel refuses, with errno set.</summary>
public static partial class ProcessControl
{
    private const int ParentDeathSignal = 1;
    private const int ChildSubreaper = 36;
    private const int NoNewPrivileges = 38;

    /// <summary>The signal that this process gets when the <em>thread</em> that created it ends. A change of uid clears
    /// it; exec keeps it.</summary>
    public static bool SetParentDeathSignal(Signal signal) => Control(ParentDeathSignal, (nuint)signal) == 0;

    /// <summary>Orphaned descendants become children of this process rather than of init.</summary>
    public static bool BecomeSubreaper() => Control(ChildSubreaper, 1) == 0;

    /// <summary>No set-uid program run from here gains anything; inherited by all descendants.</summary>
    public static bool ForbidNewPrivileges() => Control(NoNewPrivileges, 1) == 0;

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint a, nuint b = 0, nuint c = 0, nuint d = 0);
}
