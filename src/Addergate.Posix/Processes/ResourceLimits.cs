using System.Runtime.InteropServices;

namespace Addergate.Posix.Processes;

/// <summary>prlimit(2).</summary>
public static unsafe partial class ResourceLimits
{
    /// <summary>Sets a limit of this process; false with errno. Without a hard limit in the request the present one
    /// stays, and a soft limit above it is cut to it.</summary>
    public static bool TrySet(ResourceLimit limit)
    {
        if (Get(0, limit.Kind) is not { } now)
        {
            return false;
        }

        var hard = limit.Hard ?? now.Hard;
        var pair = stackalloc ulong[] { Math.Min(limit.Soft, hard), hard };
        return Limit(0, (int)limit.Kind, pair, null) == 0;
    }

    /// <summary>The limits of a process, 0 = this one; null with errno when there is none, or it is another user's.
    /// </summary>
    public static (ulong Soft, ulong Hard)? Get(int processId, ResourceKind kind)
    {
        var pair = stackalloc ulong[2];
        return Limit(processId, (int)kind, null, pair) == 0 ? (pair[0], pair[1]) : null;
    }

    [LibraryImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    private static partial int Limit(int processId, int resource, ulong* next, ulong* previous);
}
