using System.Runtime.InteropServices;

namespace Addergate.Posix.Sockets;

/// <summary>recv(2).</summary>
public static unsafe partial class StreamReceive
{
    /// <summary>Blocks until something arrives. Signals are waited through.</summary>
    /// <returns>The number of bytes; 0 at the end of the stream, also when <see cref="SocketShutdown"/> woke it;
    /// -1 when the connection broke.</returns>
    public static int Receive(int descriptor, byte* buffer, int size)
    {
        nint count;
        do
        {
            count = Receive(descriptor, buffer, (nuint)size, 0);
        }
        while (count < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

        return (int)count;
    }

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int descriptor, byte* buffer, nuint size, int flags);
}
