using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Addergate.Posix.Memory;

/// <summary>mmap(2). Mappings made here live as long as the process, so there is nothing to free.</summary>
public static unsafe partial class SharedMemory
{
    private const int ProtectionReadWrite = 0x1 | 0x2;
    private const int MapShared = 0x01;
    private const int MapPrivateAnonymous = 0x02 | 0x20;

    /// <summary>Maps a descriptor's first bytes for reading and writing, shared with everyone who maps it.</summary>
    /// <exception cref="Win32Exception">The kernel refused.</exception>
    public static void* Map(int descriptor, long size) => MapOrThrow(size, MapShared, descriptor);

    /// <summary>Maps zeroed memory of this process alone.</summary>
    /// <exception cref="Win32Exception">The kernel refused.</exception>
    public static void* MapPrivate(long size) => MapOrThrow(size, MapPrivateAnonymous, -1);

    private static void* MapOrThrow(long size, int flags, int descriptor)
    {
        var address = Map(null, (nuint)size, ProtectionReadWrite, flags, descriptor, 0);
        return address == (void*)-1
            ? throw new Win32Exception(Marshal.GetLastPInvokeError(), $"mmap of {size} bytes failed")
            : address;
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial void* Map(
        void* address, nuint length, int protection, int flags, int descriptor, long offset);
}
