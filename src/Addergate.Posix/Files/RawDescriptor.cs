using System.Runtime.InteropServices;

namespace Addergate.Posix.Files;

/// <summary>close(2), read(2), write(2) and pread(2) on plain descriptors.</summary>
public static unsafe partial class RawDescriptor
{
    /// <summary>Closes. EINTR is not repeated: on Linux the descriptor is gone all the same.</summary>
    public static void Close(int descriptor) => _ = CloseNative(descriptor);

    /// <summary>Writes one byte, as a wake-up into a pipe.</summary>
    public static void WriteByte(int descriptor, byte value)
    {
        while (Write(descriptor, &value, 1) < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted)
        {
        }
    }

    /// <summary>Reads at an offset, without moving the file's position.</summary>
    /// <returns>Bytes read, 0 at the end, -1 on an error.</returns>
    public static int ReadAt(int descriptor, byte* buffer, int size, long offset)
    {
        nint count;
        do
        {
            count = PositionedRead(descriptor, buffer, (nuint)size, offset);
        }
        while (count < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

        return (int)count;
    }

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseNative(int descriptor);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, byte* data, nuint length);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    private static partial nint PositionedRead(int descriptor, byte* buffer, nuint size, long offset);
}
