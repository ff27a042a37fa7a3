using System.Runtime.InteropServices;

namespace Addergate.Posix.Sockets;

/// <summary>send(2) of one whole record on a SOCK_SEQPACKET or datagram socket.</summary>
public static unsafe partial class DatagramSend
{
    private const int DoNotWait = 0x40;
    private const int NoSignal = 0x4000;

    /// <summary>Sends without waiting.</summary>
    /// <returns>False when the receiver is gone or does not keep up: the record is lost.</returns>
    public static bool TrySend(int descriptor, ReadOnlySpan<byte> record)
    {
        fixed (byte* start = record)
        {
            return Send(descriptor, start, (nuint)record.Length, DoNotWait | NoSignal) == record.Length;
        }
    }

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int descriptor, byte* data, nuint length, int flags);
}
