using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Posix.Memory;

/// <summary>fcntl(2) F_GET_SEALS: whether a memfd that somebody else made can still change its size.</summary>
public static partial class FileSeals
{
    private const int GetSeals = 1034; // F_GET_SEALS
    private const int SealShrink = 0x2;
    private const int SealGrow = 0x4;

    /// <summary>True when the file can neither shrink nor grow: only then is it safe to map, because touching a page
    /// beyond the end of a file that was cut kills the process. False also for what is no memfd.</summary>
    public static bool IsSizeFixed(SafeFileHandle file)
    {
        var seals = Control(file, GetSeals, 0);
        return seals >= 0 && (seals & (SealShrink | SealGrow)) == (SealShrink | SealGrow);
    }

    // fcntl is variadic; on x86-64 and arm64 Linux an int argument of a variadic function travels like any other.
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle descriptor, int command, nint argument);
}
