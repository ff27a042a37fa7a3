using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Addergate.Posix.Sockets;

/// <summary>sendmsg(2) with SCM_RIGHTS on a socket that keeps the bounds of messages.</summary>
public static unsafe partial class DescriptorSend
{
    /// <summary>Most descriptors in one message.</summary>
    public const int Most = 16;

    private const int HeaderSize = 16;
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int SocketLevel = 1;
    private const int Rights = 1;

    /// <summary>Sends one byte and copies of descriptors, without waiting.</summary>
    /// <returns>0, or the errno: the peer is gone or takes nothing.</returns>
    public static int TrySend(SafeSocketHandle socket, byte value, ReadOnlySpan<int> descriptors) =>
        TrySend(socket, [value], descriptors);

    /// <summary>Sends bytes and copies of descriptors, without waiting.</summary>
    /// <inheritdoc cref="TrySend(SafeSocketHandle, byte, ReadOnlySpan{int})"/>
    public static int TrySend(SafeSocketHandle socket, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> descriptors)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(descriptors.Length, Most);

        // struct cmsghdr (length, level, type), then the descriptors, padded to eight bytes.
        var size = HeaderSize + (descriptors.Length * sizeof(int));
        var control = stackalloc byte[HeaderSize + (Most * sizeof(int))];
        *(nuint*)control = (nuint)size;
        ((int*)control)[2] = SocketLevel;
        ((int*)control)[3] = Rights;
        descriptors.CopyTo(new Span<int>(control + HeaderSize, Most));
        fixed (byte* start = bytes)
        {
            var vector = new Vector { Start = start, Length = (nuint)bytes.Length };
            var message = new Message
            {
                Vectors = &vector,
                VectorCount = 1,
                Control = control,
                ControlLength = (nuint)((size + 7) & ~7),
            };
            return Send(socket, &message, DontWait | NoSignal) == bytes.Length ? 0 : Marshal.GetLastPInvokeError();
        }
    }

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint Send(SafeSocketHandle socket, Message* message, int flags);

    // struct iovec
    private struct Vector
    {
        internal byte* Start;
        internal nuint Length;
    }

    // struct msghdr; the gap before Vectors is the compiler's, here as there.
    private struct Message
    {
        internal void* Name;
        internal uint NameLength;
        internal Vector* Vectors;
        internal nuint VectorCount;
        internal void* Control;
        internal nuint ControlLength;
        internal int Flags;
    }
}
