using System.Net.Sockets;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>Sockets that the supervisor opened and this process inherited under a fixed number.</summary>
internal static class InheritedSocket
{
    /// <summary>The control socket: a connected Unix stream.</summary>
    public const int Control = 3;

    /// <summary>The log socket: a connected SOCK_SEQPACKET pair.</summary>
    public const int Log = 4;

    /// <summary>Takes a descriptor over; the socket closes it.</summary>
    /// <exception cref="SocketException">The descriptor is not open or not a socket.</exception>
    public static Socket Take(int descriptor) => new(new SafeSocketHandle(descriptor, ownsHandle: true));
}
