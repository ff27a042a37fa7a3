using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Posix.Files;

/// <summary>open(2), read(2) and write(2) as they are: .NET's streams neither append atomically (O_APPEND) nor read
/// whatever a pipe holds.</summary>
public static unsafe partial class RawFile
{
    private const int WriteOnly = 1;
    private const int Create = 0x40;
    private const int Append = 0x400;
    private const int NoControllingTerminal = 0x100;
    private const int NonBlocking = 0x800;
    internal const int CloseOnExec = 0x80000;

    private const int AppendingFlags = WriteOnly | Create | Append | NoControllingTerminal | CloseOnExec;

    internal static readonly int NoFollow = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    /// <summary>Opens a file so that every write goes to its end, also after another program has cut it.</summary>
    /// <param name="path">The file, made with <paramref name="mode"/> when it is not there.</param>
    /// <param name="mode">Permission bits of a new file.</param>
    /// <returns>Null with errno.</returns>
    public static SafeFileHandle? OpenForAppending(string path, uint mode)
    {
        var descriptor = Open(path, AppendingFlags, mode);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>The same in an open directory.</summary>
    /// <param name="directory">From <see cref="DirectoryHandle"/>.</param>
    /// <param name="name">Of the entry in it.</param>
    /// <param name="mode">Permission bits of a new file.</param>
    /// <param name="followsLink">Whether it may be a symbolic link.</param>
    /// <param name="waits">Whether a FIFO's reader is waited for; without one it fails else.</param>
    /// <returns>Null with errno (<see cref="Errno.TooManyLinks"/>: it is a link).</returns>
    internal static SafeFileHandle? OpenForAppending(
        SafeFileHandle directory, string name, uint mode, bool followsLink, bool waits)
    {
        var flags = AppendingFlags | (followsLink ? 0 : NoFollow) | (waits ? 0 : NonBlocking);
        var descriptor = OpenAt(directory, name, flags, mode);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Reads once; 0 at the end, -1 with errno (<see cref="Errno.Again"/>: nothing there now). A datagram that
    /// is longer than the buffer is cut.</summary>
    public static int Read(SafeHandle handle, Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            return (int)Read(handle, bytes, (nuint)buffer.Length);
        }
    }

    /// <summary>Writes once; the number of bytes taken, or -1 with errno.</summary>
    public static int Write(SafeHandle handle, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            return (int)Write(handle, first, (nuint)bytes.Length);
        }
    }

    // Variadic in C; an unsigned argument is passed like a named one on x86-64 and arm64 Linux.
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "openat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int OpenAt(SafeFileHandle directory, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeHandle handle, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeHandle handle, byte* bytes, nuint count);
}
