using System.Runtime.InteropServices;
using System.Text;

namespace Addergate.Posix.Sockets;

/// <summary>socket(2) and connect(2) for Unix-domain streams, without System.Net: a worker has no event loop.</summary>
public static unsafe partial class UnixStream
{
    /// <summary>Longest path, in bytes without its NUL (sun_path).</summary>
    public const int MaxPath = 107;

    private const ushort FamilyUnix = 1;
    private const int Stream = 1;
    private const int CloseOnExec = 0x80000;

    /// <summary>Connects, blocking while the listener's backlog is full.</summary>
    /// <param name="path">UTF-8 path, at most <see cref="MaxPath"/> bytes.</param>
    /// <param name="error">errno when the result is -1.</param>
    /// <returns>A descriptor that the caller closes, or -1.</returns>
    public static int Connect(string path, out int error)
    {
        Address address = default;
        address.Family = FamilyUnix;
        Encoding.UTF8.GetBytes(path, new Span<byte>(address.Path, MaxPath));
        var descriptor = Open(FamilyUnix, Stream | CloseOnExec, 0);
        error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        while (descriptor >= 0 && Connect(descriptor, &address, (uint)sizeof(Address)) < 0)
        {
            error = Marshal.GetLastPInvokeError();
            if (error != Errno.Interrupted)
            {
                Files.RawDescriptor.Close(descriptor);
                return -1;
            }
        }

        return descriptor;
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Open(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(int descriptor, Address* address, uint length);

    private struct Address
    {
        internal ushort Family;
        internal fixed byte Path[108];
    }
}
