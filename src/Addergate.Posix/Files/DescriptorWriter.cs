using System.Runtime.InteropServices;

namespace Addergate.Posix.Files;

/// <summary>write(2) to a descriptor that may be anything: at a file's end when it was opened to append, at the shared
/// position otherwise. RandomAccess and FileStream keep a position of their own, and overwrite what others wrote.
/// </summary>
public static unsafe partial class DescriptorWriter
{
    private const short Writable = 4;

    /// <summary>Writes everything and waits for room where it must; false when nobody can read it any more.</summary>
    public static bool WriteAll(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var written = 0;
            while (written < bytes.Length)
            {
                var count = Write(descriptor, start + written, (nuint)(bytes.Length - written));
                if (count >= 0)
                {
                    written += (int)count;
                    continue;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case Errno.Interrupted:
                        break;
                    case Errno.Again:
                        // Some other program made the terminal non-blocking.
                        var entry = new PollEntry { Descriptor = descriptor, Events = Writable };
                        _ = Poll(&entry, 1, -1);
                        break;
                    default:
                        return false;
                }
            }
        }

        return true;
    }

    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollEntry* entries, nuint count, int milliseconds);
}
