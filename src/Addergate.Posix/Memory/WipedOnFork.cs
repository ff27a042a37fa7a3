using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Addergate.Posix.Memory;

/// <summary>
/// A word that is 1 in the process that made it and 0 in every child that it forks (madvise(2), MADV_WIPEONFORK), also
/// when C code forks. Asking costs one read, where getpid(2) is a system call.
/// </summary>
public static unsafe partial class WipedOnFork
{
    private const int WipeOnFork = 18;
    private const int PageSize = 4096;

    /// <exception cref="Win32Exception">The kernel is older than 4.14.</exception>
    public static int* Create()
    {
        var page = SharedMemory.MapPrivate(PageSize);
        if (Advise(page, PageSize, WipeOnFork) < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "MADV_WIPEONFORK needs Linux 4.14 or later");
        }

        *(int*)page = 1;
        return (int*)page;
    }

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int Advise(void* address, nuint length, int advice);
}
