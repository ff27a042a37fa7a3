using System.Runtime.InteropServices;
using Addergate.Posix.Files;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Posix.Sockets;

/// <summary>
/// The file of a Unix socket that this process has bound: whose it is, and its mode. By a handle of the file itself, since
/// root does this in directories of other users, who may put something else there between two calls.
/// </summary>
public static unsafe partial class SocketFile
{
    private const int PathOnlyNoFollow = 0x200000 | 0x20000 | 0x80000; // O_PATH, O_NOFOLLOW, O_CLOEXEC
    private const int EmptyPath = 0x1000;

    /// <summary>Does nothing to what is no socket.</summary>
    /// <param name="path">Where it was bound.</param>
    /// <param name="owner">Who it is given to first; null leaves it.</param>
    /// <param name="mode">Permission bits; null leaves them.</param>
    /// <returns>Null, or the reason for people.</returns>
    public static string? Give(string path, (uint User, uint Group)? owner, uint? mode = null)
    {
        var descriptor = Open(path, PathOnlyNoFollow, 0);
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeErrorMessage();
        }

        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        // The link leads to the file itself, whatever its name is by now.
        var self = $"/proc/self/fd/{descriptor}";
        if (!FileIdentity.IsSocket(descriptor))
        {
            return "something else is there now";
        }

        fixed (byte* empty = "\0"u8)
        {
            return (owner is { } whose && ChangeOwner(descriptor, empty, whose.User, whose.Group, EmptyPath) != 0)
                || (mode is { } bits && ChangeMode(self, bits) != 0)
                ? Marshal.GetLastPInvokeErrorMessage()
                : null;
        }
    }

    // Variadic in C; an unsigned argument is passed like a named one on x86-64 and arm64 Linux.
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "fchownat", SetLastError = true)]
    private static partial int ChangeOwner(int descriptor, byte* path, uint user, uint group, int flags);

    [LibraryImport("libc", EntryPoint = "chmod", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int ChangeMode(string path, uint mode);
}
