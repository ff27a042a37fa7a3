using System.Runtime.InteropServices;

namespace Addergate.Posix.Files;

/// <summary>What can be done to a descriptor as a number. Handles own descriptors everywhere else.</summary>
public static partial class Descriptor
{
    private const int DuplicateCloseOnExec = 1030;
    private const uint CloseOnExecFlag = 4;
    private const int SetFlags = 2; // F_SETFD

    /// <summary>A close-on-exec copy with the lowest free number from <paramref name="lowest"/> on; -1 with errno.
    /// </summary>
    public static int DuplicateFrom(int descriptor, int lowest) => Fcntl(descriptor, DuplicateCloseOnExec, lowest);

    /// <summary>The number that the next open file would get: so many are open at least. -1 with errno when none is free.
    /// </summary>
    public static int LowestFree()
    {
        // Standard error: open in every process of ours.
        var number = DuplicateFrom(2, 0);
        if (number >= 0)
        {
            Close(number);
        }

        return number;
    }

    /// <summary>Whether programs that this process becomes or starts inherit the descriptor; false with errno.</summary>
    public static bool SetCloseOnExec(int descriptor, bool closes) => Fcntl(descriptor, SetFlags, closes ? 1 : 0) == 0;

    /// <summary>Every open descriptor from this number on closes on exec; false on kernels before 5.11, which cannot.
    /// </summary>
    public static bool CloseOnExecFrom(int lowest) => CloseRange((uint)lowest, uint.MaxValue, CloseOnExecFlag) == 0;

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    // Variadic in C; an int argument is passed like a named one on x86-64 and arm64 Linux.
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "close_range", SetLastError = true)]
    private static partial int CloseRange(uint first, uint last, uint flags);
}
