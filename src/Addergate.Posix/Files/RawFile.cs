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
    private const int NoFollow = 0x20000;
    private const int CloseOnExec = 0x80000;

    /// <summary>Opens a file so that every write goes to its end, also after another program has cut it.</summary>
    /// <param name="path">The file, made with <paramref name="mode"/> when it is not there.</param>
    /// <param name="mode">Permission bits of a new file.</param>
    /// <param name="followsLink">Whether the path may be a symbolic link.</param>
    /// <returns>Null with errno (<see cref="Errno.TooManyLinks"/>: it is one).</returns>
    public static SafeFileHandle? OpenForAppending(string path, uint mode, bool followsLink = true)
    {
        const int Flags = WriteOnly | Create | Append | NoControllingTerminal | CloseOnExec;
        var descriptor = Open(path, followsLink ? Flags : Flags | NoFollow, mode);
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

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeHandle handle, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeHandle handle, byte* bytes, nuint count);
}
