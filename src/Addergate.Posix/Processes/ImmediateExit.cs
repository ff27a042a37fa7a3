using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Addergate.Posix.Processes;

/// <summary>_exit(2): no exit handlers, no flushing, no lock taken.</summary>
public static partial class ImmediateExit
{
    [DoesNotReturn]
    public static void Exit(int status)
    {
        ExitNow(status);
        throw new InvalidOperationException("_exit returned.");
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int status);
}
