using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Posix.Files;

/// <summary>open(2) with O_PATH on a directory: a place to name files by, which stays the same when the path changes.
/// </summary>
public static partial class DirectoryHandle
{
    private const int CloseOnExec = 0x80000;
    private const int PathOnly = 0x200000;

    private static readonly int Directory =
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;

    /// <summary>Null with errno.</summary>
    public static SafeFileHandle? Open(string path)
    {
        var descriptor = Open(path, CloseOnExec | PathOnly | Directory, 0);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    // Variadic in C; an unsigned argument is passed like a named one on x86-64 and arm64 Linux.
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags, uint mode);
}
