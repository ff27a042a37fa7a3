using System.Runtime.InteropServices;

namespace Addergate.Posix.Terminals;

/// <summary>What a descriptor's terminal is like, without System.Console, which takes over the terminal's settings and
/// the SIGCHLD and SIGCONT handlers when it is asked.</summary>
public static unsafe partial class Terminal
{
    private const nuint GetWindowSize = 0x5413;

    public static bool IsTerminal(int descriptor) => IsATty(descriptor) == 1;

    /// <summary>Columns, or null when it is no terminal or does not know.</summary>
    public static int? Width(int descriptor)
    {
        // struct winsize: rows, columns, and two sizes in pixels.
        var size = stackalloc ushort[4];
        return Control(descriptor, GetWindowSize, size) == 0 && size[1] > 0 ? size[1] : null;
    }

    [LibraryImport("libc", EntryPoint = "isatty")]
    private static partial int IsATty(int descriptor);

    // Variadic in C; a pointer argument is passed like a named one on x86-64 and arm64 Linux.
    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(int descriptor, nuint request, void* argument);
}
