using System.Runtime.InteropServices;
using Addergate.Posix.Files;

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
            // The wait is poll's and not recv's: a thread that sleeps in recv on a Unix socket is also woken when the
            // other end takes what this one has sent, finds nothing and sleeps again. That was 0.6 useless wake-ups a
            // request, for more than the price of this call; poll is woken for what it asks only.
            PollEntry entry = new(descriptor);
            Poll.Wait(new Span<PollEntry>(ref entry), -1);
            count = Receive(descriptor, buffer, (nuint)size, 0);
        }
        while (count < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

        return (int)count;
    }

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int descriptor, byte* buffer, nuint size, int flags);
}
