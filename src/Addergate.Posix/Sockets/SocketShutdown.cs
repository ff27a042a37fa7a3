using System.Runtime.InteropServices;

namespace Addergate.Posix.Sockets;

/// <summary>shutdown(2).</summary>
public static partial class SocketShutdown
{
    private const int Read = 0;

    /// <summary>Ends the receiving side: a thread that blocks in recv gets 0. What it still sends goes out.</summary>
    public static void StopReceiving(int descriptor) => _ = Shutdown(descriptor, Read);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    private static partial int Shutdown(int descriptor, int how);
}
