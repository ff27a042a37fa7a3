using System.Runtime.InteropServices;
using System.Text;

namespace Addergate.Posix.Sockets;

/// <summary>socket(2) and connect(2) for Unix-domain streams, without System.Net: a worker has no event loop.</summary>
public static unsafe partial class UnixStream
{
    /// <summary>Longest path, in bytes without its NUL (sun_path).</summary>
    public const int MaxPath = 107;

    /// <summary>What a name begins with that is in no directory (unix(7), abstract).</summary>
    public const char AbstractMark = '@';

    private const int SocketLevel = 1; // SOL_SOCKET
    private const int PeerCredential = 17; // SO_PEERCRED
    private const ushort FamilyUnix = 1;
    private const int Stream = 1;
    private const int CloseOnExec = 0x80000;

    /// <summary>Connects, blocking while the listener's backlog is full.</summary>
    /// <param name="path">UTF-8 path, at most <see cref="MaxPath"/> bytes; or an abstract name behind its mark, on which
    /// nobody but root may listen.</param>
    /// <param name="error">errno when the result is -1.</param>
    /// <returns>A descriptor that the caller closes, or -1.</returns>
    public static int Connect(string path, out int error)
    {
        Address address = default;
        address.Family = FamilyUnix;
        var length = Encoding.UTF8.GetBytes(path, new Span<byte>(address.Path, MaxPath));
        var isAbstract = path[0] == AbstractMark;
        if (isAbstract)
        {
            address.Path[0] = 0;
        }

        // A path ends at its NUL, a name in no directory with the address.
        var size = isAbstract ? (uint)(sizeof(ushort) + length) : (uint)sizeof(Address);
        var descriptor = Open(FamilyUnix, Stream | CloseOnExec, 0);
        error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        while (descriptor >= 0 && Connect(descriptor, &address, size) < 0)
        {
            error = Marshal.GetLastPInvokeError();
            if (error != Errno.Interrupted)
            {
                Files.RawDescriptor.Close(descriptor);
                return -1;
            }
        }

        if (isAbstract && descriptor >= 0 && !IsOfRoot(descriptor))
        {
            error = Errno.NotPermitted;
            Files.RawDescriptor.Close(descriptor);
            return -1;
        }

        return descriptor;
    }

    /// <summary>Who has called listen(2), as the kernel noted it.</summary>
    private static bool IsOfRoot(int descriptor)
    {
        var credentials = stackalloc int[3];
        var size = 3u * sizeof(int);
        return GetOption(descriptor, SocketLevel, PeerCredential, credentials, &size) == 0 && credentials[1] == 0;
    }

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetOption(int descriptor, int level, int option, int* value, uint* size);

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
