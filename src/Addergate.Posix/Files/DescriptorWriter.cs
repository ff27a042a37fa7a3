using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Posix.Files;

/// <summary>Writes all of something to a descriptor that may be anything. RandomAccess and FileStream keep a position of
/// their own, and overwrite what others wrote to the same file.</summary>
public static class DescriptorWriter
{
    /// <summary>Waits for room where it must; false when nobody can read it any more.</summary>
    public static bool WriteAll(int descriptor, ReadOnlySpan<byte> bytes)
    {
        using var handle = new SafeFileHandle(descriptor, ownsHandle: false);
        while (!bytes.IsEmpty)
        {
            var count = RawFile.Write(handle, bytes);
            if (count >= 0)
            {
                bytes = bytes[count..];
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.Interrupted:
                    break;
                case Errno.Again:
                    // Another program made the shared terminal non-blocking.
                    Poll.Wait([new PollEntry(descriptor, forWriting: true)], -1);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }
}
