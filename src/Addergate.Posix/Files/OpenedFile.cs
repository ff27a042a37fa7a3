using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Posix.Files;

/// <summary>
/// A file that is open for reading, with what fstat(2) says about the descriptor itself: whatever happens to its name
/// afterwards, this is what is read. Dispose it.
/// </summary>
public sealed unsafe partial class OpenedFile : IDisposable
{
    private const int EmptyPath = 0x1000;
    private const uint WantedFields = 0x0001 | 0x0040 | 0x0100 | 0x0200; // type, mtime, inode, size
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;
    private const int DirectoryType = 0x4000;
    private const int NoWait = 8; // RWF_NOWAIT

    private OpenedFile(SafeFileHandle handle, in Statx status)
    {
        Handle = handle;
        Kind = (status.Mode & TypeMask) switch
        {
            RegularType => OpenedFileKind.Regular,
            DirectoryType => OpenedFileKind.Directory,
            _ => OpenedFileKind.Special,
        };
        Length = (long)status.Size;
        Inode = status.Inode;
        ModifiedSeconds = status.Modified.Seconds;
        ModifiedNanoseconds = status.Modified.Nanoseconds;
    }

    public SafeFileHandle Handle { get; }

    public OpenedFileKind Kind { get; }

    /// <summary>Bytes at the time of opening.</summary>
    public long Length { get; }

    public ulong Inode { get; }

    /// <summary>Since the epoch, UTC.</summary>
    public long ModifiedSeconds { get; }

    /// <summary>Within the second.</summary>
    public uint ModifiedNanoseconds { get; }

    /// <summary>Takes over a descriptor, which is closed on failure.</summary>
    /// <returns>Null with errno.</returns>
    internal static OpenedFile? Take(SafeFileHandle handle, out int error)
    {
        Statx status = default;
        fixed (byte* empty = "\0"u8)
        {
            if (Status(handle, empty, EmptyPath, WantedFields, &status) == 0)
            {
                error = 0;
                return new OpenedFile(handle, status);
            }
        }

        error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        return null;
    }

    /// <summary>Opens by path, links followed: for files that somebody with authority has named.</summary>
    /// <returns>Null with errno.</returns>
    public static OpenedFile? TryOpen(string path, out int error)
    {
        var descriptor = Open(path, 0x80000 | 0x800 | 0x100, 0); // O_CLOEXEC, O_NONBLOCK, O_NOCTTY: never waits
        if (descriptor >= 0)
        {
            return Take(new SafeFileHandle(descriptor, ownsHandle: true), out error);
        }

        error = Marshal.GetLastPInvokeError();
        return null;
    }

    /// <summary>Reads at an offset. May wait for a disk.</summary>
    /// <returns>Bytes read, 0 at the end, -1 with <paramref name="error"/>.</returns>
    public int Read(Span<byte> buffer, long offset, out int error)
    {
        fixed (byte* bytes = buffer)
        {
            nint count;
            do
            {
                count = PositionedRead(Handle, bytes, (nuint)buffer.Length, offset);
                error = count < 0 ? Marshal.GetLastPInvokeError() : 0;
            }
            while (error == Errno.Interrupted);

            return (int)count;
        }
    }

    /// <summary>Reads what is in memory already.</summary>
    /// <returns>Bytes read; 0 or less where a disk would be waited for, at the end, and where the file system cannot tell.
    /// </returns>
    public int ReadCached(Span<byte> buffer, long offset)
    {
        fixed (byte* bytes = buffer)
        {
            var place = new IoVector { Start = bytes, Length = (nuint)buffer.Length };
            return (int)PositionedRead2(Handle, &place, 1, offset, NoWait);
        }
    }

    public void Dispose() => Handle.Dispose();

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int Status(SafeFileHandle handle, byte* path, int flags, uint mask, Statx* status);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    private static partial nint PositionedRead(SafeFileHandle handle, byte* buffer, nuint size, long offset);

    [LibraryImport("libc", EntryPoint = "preadv2", SetLastError = true)]
    private static partial nint PositionedRead2(
        SafeFileHandle handle, IoVector* places, int count, long offset, int flags);

    // Variadic in C; an unsigned argument is passed like a named one on x86-64 and arm64 Linux.
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags, uint mode);

    private struct IoVector
    {
        public byte* Start;
        public nuint Length;
    }

    private struct Time
    {
        public long Seconds;
        public uint Nanoseconds;
        public int Reserved;
    }

    /// <summary>struct statx of linux/stat.h, the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(112)]
        public Time Modified;
    }
}
