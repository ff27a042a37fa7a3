using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Posix.Memory;

/// <summary>A mapping that ends: mmap(2) of a shared file, munmap(2) when the last reference is released. Whoever
/// reads through <see cref="Address"/> holds a reference (<see cref="SafeHandle.DangerousAddRef"/>).</summary>
public sealed unsafe partial class SharedMapping : SafeHandle
{
    private const int ProtectionReadWrite = 0x1 | 0x2;
    private const int MapShared = 0x01;

    private readonly nuint _size;

    private SharedMapping(void* address, nuint size)
        : base(0, ownsHandle: true)
    {
        _size = size;
        SetHandle((nint)address);
    }

    public override bool IsInvalid => handle is 0 or -1;

    /// <summary>The first byte.</summary>
    public void* Address => (void*)handle;

    /// <summary>Maps a file's first bytes for reading and writing; null when the kernel refuses. The file may be
    /// closed afterwards.</summary>
    public static SharedMapping? TryMap(SafeFileHandle file, long size)
    {
        var address = Map(null, (nuint)size, ProtectionReadWrite, MapShared, file, 0);
        return address == (void*)-1 ? null : new SharedMapping(address, (nuint)size);
    }

    protected override bool ReleaseHandle() => Unmap((void*)handle, _size) == 0;

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial void* Map(
        void* address, nuint length, int protection, int flags, SafeFileHandle file, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
