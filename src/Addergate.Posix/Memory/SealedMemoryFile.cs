using System.ComponentModel;
using System.Runtime.InteropServices;
using Addergate.Posix.Files;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Posix.Memory;

/// <summary>
/// memfd_create(2) of a fixed size. Sealed against shrinking and growing, so that whoever maps it can never be killed
/// by SIGBUS because the other side truncated it.
/// </summary>
public static partial class SealedMemoryFile
{
    private const uint CloseOnExec = 0x1;
    private const uint AllowSealing = 0x2;
    private const int AddSeals = 1033; // F_ADD_SEALS
    private const int SealShrink = 0x2;
    private const int SealGrow = 0x4;
    private const int SealWrite = 0x8;
    private const int SealSeal = 0x1;

    /// <summary>Makes one; the descriptor is the caller's to close.</summary>
    /// <param name="name">Shown in /proc; ASCII.</param>
    /// <param name="size">Bytes, zeroed.</param>
    /// <exception cref="Win32Exception">The kernel refused.</exception>
    public static int Create(string name, long size)
    {
        var descriptor = MemoryFileCreate(name, CloseOnExec | AllowSealing);
        if (descriptor < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "memfd_create failed");
        }

        if (Truncate(descriptor, size) < 0 || Control(descriptor, AddSeals, SealShrink | SealGrow) < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "A shared page could not be sized and sealed");
        }

        return descriptor;
    }

    /// <summary>Makes one of bytes that nobody can change any more.</summary>
    /// <returns>Null with errno.</returns>
    public static SafeFileHandle? TryCreate(string name, ReadOnlySpan<byte> content)
    {
        var descriptor = MemoryFileCreate(name, CloseOnExec | AllowSealing);
        if (descriptor < 0)
        {
            return null;
        }

        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        while (!content.IsEmpty)
        {
            var written = RawFile.Write(file, content);
            if (written < 0)
            {
                file.Dispose();
                return null;
            }

            content = content[written..];
        }

        if (Control(descriptor, AddSeals, SealSeal | SealShrink | SealGrow | SealWrite) < 0)
        {
            file.Dispose();
            return null;
        }

        return file;
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MemoryFileCreate(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int Truncate(int descriptor, long length);

    // fcntl is variadic; on x86-64 and arm64 Linux an int argument of a variadic function travels like any other.
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, nint argument);
}
