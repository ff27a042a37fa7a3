using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Addergate.Posix.Sockets;

/// <summary>Who is at the other end of a Unix socket (SO_PEERCRED), as the kernel noted it at connect.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="UserId">Its effective user.</param>
/// <param name="GroupId">Its effective group.</param>
public readonly record struct PeerCredentials(int ProcessId, uint UserId, uint GroupId)
{
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int PeerCredential = 17; // SO_PEERCRED

    /// <exception cref="SocketException">It is no connected Unix socket.</exception>
    public static PeerCredentials Of(Socket socket)
    {
        Span<int> fields = stackalloc int[3];
        socket.GetRawSocketOption(SocketLevel, PeerCredential, MemoryMarshal.AsBytes(fields));
        return new PeerCredentials(fields[0], (uint)fields[1], (uint)fields[2]);
    }
}
