using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Posix.Files;

/// <summary>openat2(2): opens for reading what a path names below a directory, checked by the kernel while it walks, so that
/// nothing can be exchanged in between. Where the kernel has no openat2 (before 5.6, or forbidden by a sandbox) the path
/// is walked name by name, and links are not followed at all.</summary>
public static unsafe partial class BeneathFile
{
    private const int OpenAt2Call = 437; // the same number on every architecture
    private const int CurrentDirectory = -100;
    private const ulong PathOnly = 0x200000;
    private const ulong CloseOnExec = 0x80000;
    // A FIFO without a writer and a device that waits for its line must not hold the thread; on files it means nothing.
    private const ulong ReadFlags = CloseOnExec | 0x800 /* O_NONBLOCK */ | 0x100 /* O_NOCTTY */;
    private const ulong NoMagicLinks = 0x02;
    private const ulong Beneath = 0x08;
    private const ulong Cached = 0x20;
    private const int LongestPath = 4096;

    private static readonly ulong NoFollow =
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000UL : 0x20000;

    private static readonly bool HasOpenAt2 = Probe();

    /// <summary>Opens.</summary>
    /// <param name="directory">From <see cref="DirectoryHandle"/>.</param>
    /// <param name="path">Relative, without <c>..</c>; empty for the directory itself.</param>
    /// <param name="resolution">What it may lead to.</param>
    /// <param name="error">errno when the result is null.</param>
    public static OpenedFile? TryOpen(SafeFileHandle directory, string path, PathResolution resolution, out int error)
    {
        if (path.Length >= LongestPath)
        {
            error = Errno.NoEntry;
            return null;
        }

        var room = Encoding.UTF8.GetMaxByteCount(path.Length) + 2;
        var bytes = room <= 1024 ? stackalloc byte[1024] : new byte[room];
        var length = Encoding.UTF8.GetBytes(path, bytes);
        if (length == 0)
        {
            bytes[length++] = (byte)'.';
        }

        bytes[length] = 0;
        if (bytes[0] == '/' || bytes[..length].Contains((byte)0))
        {
            error = Errno.Invalid;
            return null;
        }

        var descriptor = HasOpenAt2
            ? Open(directory, bytes, resolution)
            : Walk(directory, bytes[..length], resolution);
        error = descriptor < 0 ? -descriptor : 0;
        return descriptor < 0 ? null : OpenedFile.Take(new SafeFileHandle(descriptor, ownsHandle: true), out error);
    }

    private static int Open(SafeFileHandle directory, ReadOnlySpan<byte> path, PathResolution resolution)
    {
        var isCached = (resolution & PathResolution.OnlyCached) != 0;
        var how = new OpenHow
        {
            Flags = ReadFlags,
            Resolve = NoMagicLinks
                | ((resolution & PathResolution.FollowLinks) == 0 ? Beneath : 0)
                | (isCached ? Cached : 0),
        };
        fixed (byte* name = path)
        {
            // EAGAIN of a full lookup: somebody renamed on the way; a directory that never rests has no such file.
            for (var attempt = 0; ; attempt++)
            {
                var descriptor = OpenAt2(OpenAt2Call, directory, name, &how, (nuint)sizeof(OpenHow));
                if (descriptor >= 0)
                {
                    return (int)descriptor;
                }

                var error = Marshal.GetLastPInvokeError();
                if (isCached || attempt == 8 || error is not (Errno.Again or Errno.Interrupted))
                {
                    return -error;
                }
            }
        }
    }

    /// <summary>The way without openat2; not private for its tests.</summary>
    internal static int Walk(SafeFileHandle directory, ReadOnlySpan<byte> path, PathResolution resolution)
    {
        if ((resolution & PathResolution.OnlyCached) != 0)
        {
            return -Errno.Again;
        }

        if ((resolution & PathResolution.FollowLinks) != 0)
        {
            return Step(directory, path, ReadFlags);
        }

        SafeFileHandle? place = null;
        try
        {
            while (true)
            {
                var slash = path.IndexOf((byte)'/');
                if (slash < 0)
                {
                    return Step(place ?? directory, path, ReadFlags | NoFollow);
                }

                // O_PATH opens a link itself, and the next step then fails with ENOTDIR.
                var next = Step(place ?? directory, path[..slash], CloseOnExec | PathOnly | NoFollow);
                if (next < 0)
                {
                    return next;
                }

                place?.Dispose();
                place = new SafeFileHandle(next, ownsHandle: true);
                path = path[(slash + 1)..];
            }
        }
        finally
        {
            place?.Dispose();
        }
    }

    [SkipLocalsInit]
    private static int Step(SafeFileHandle directory, ReadOnlySpan<byte> name, ulong flags)
    {
        var terminated = name.Length < 1024 ? stackalloc byte[1024] : new byte[name.Length + 1];
        name.CopyTo(terminated);
        terminated[name.Length] = 0;
        fixed (byte* bytes = terminated)
        {
            int descriptor;
            do
            {
                descriptor = OpenAt(directory, bytes, (int)flags, 0);
            }
            while (descriptor < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

            return descriptor >= 0 ? descriptor : -Marshal.GetLastPInvokeError();
        }
    }

    private static bool Probe()
    {
        var how = new OpenHow { Flags = PathOnly | CloseOnExec, Resolve = Beneath };
        fixed (byte* here = "."u8)
        {
            var descriptor = OpenAt2(OpenAt2Call, CurrentDirectory, here, &how, (nuint)sizeof(OpenHow));
            if (descriptor >= 0)
            {
                RawDescriptor.Close((int)descriptor);
                return true;
            }
        }

        return Marshal.GetLastPInvokeError() is not (Errno.NotPermitted or Errno.NoSystemCall);
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint OpenAt2(nint call, SafeFileHandle directory, byte* path, OpenHow* how, nuint size);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint OpenAt2(nint call, nint directory, byte* path, OpenHow* how, nuint size);

    // Variadic in C; an unsigned argument is passed like a named one on x86-64 and arm64 Linux.
    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial int OpenAt(SafeFileHandle directory, byte* path, int flags, uint mode);

    /// <summary>struct open_how of linux/openat2.h.</summary>
    private struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }
}
