using System.Runtime.InteropServices;

namespace Addergate.Posix.Identity;

/// <summary>capabilities(7) of the calling thread: the one right of root's that a worker with a root directory of its own
/// needs once, and none else.</summary>
internal static unsafe partial class Capabilities
{
    private const uint Version3 = 0x20080522;
    private const uint ChangeRoot = 1u << 18; // CAP_SYS_CHROOT
    private const int PrSetKeepCapabilities = 8;
    private const int PrAmbient = 47;
    private const nuint PrAmbientRaise = 2;

    /// <summary>Before setuid, which drops all of them; false with errno.</summary>
    public static bool KeepThroughIdentityChange() => Prctl(PrSetKeepCapabilities, 1, 0, 0, 0) == 0;

    /// <summary>After setuid: keeps the one, also through exec, which must follow on this thread; false with errno.</summary>
    public static bool KeepOnlyChangeOfRoot()
    {
        var header = stackalloc uint[] { Version3, 0 };
        // Effective, permitted and inheritable, and their upper halves.
        var sets = stackalloc uint[] { ChangeRoot, ChangeRoot, ChangeRoot, 0, 0, 0 };
        return SetCapabilities(header, sets) == 0 && Prctl(PrAmbient, PrAmbientRaise, 18, 0, 0) == 0;
    }

    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    private static partial int SetCapabilities(uint* header, uint* sets);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Prctl(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);
}
