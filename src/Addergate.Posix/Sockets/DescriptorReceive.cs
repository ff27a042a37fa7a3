using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Addergate.Posix.Sockets;

/// <summary>recvmsg(2) with SCM_RIGHTS: bytes of a Unix stream and the descriptor that came with them.</summary>
public static unsafe partial class DescriptorReceive
{
    private const int CloseOnExec = 0x40000000; // MSG_CMSG_CLOEXEC
    private const int DontWait = 0x40; // MSG_DONTWAIT
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int Rights = 1; // SCM_RIGHTS

    /// <summary>Receives without waiting.</summary>
    /// <param name="socket">A Unix stream socket.</param>
    /// <param name="buffer">Where the bytes go; not empty.</param>
    /// <param name="descriptor">The descriptor that came with them, the caller's to dispose. Only the first: room for
    /// one is all that the kernel gets, and it closes others itself.</param>
    /// <returns>Bytes received, 0 at the end of the stream, or a negated errno.</returns>
    public static int TryReceive(SafeSocketHandle socket, Span<byte> buffer, out SafeFileHandle? descriptor)
    {
        descriptor = null;
        ControlData control = default;
        nint received;
        fixed (byte* bytes = buffer)
        {
            var vector = new Vector { Start = bytes, Length = (nuint)buffer.Length };
            var message = new Message
            {
                Vectors = &vector,
                VectorCount = 1,
                Control = &control,
                ControlLength = (nuint)sizeof(ControlData),
            };
            received = Receive(socket, &message, CloseOnExec | DontWait);
            if (received < 0)
            {
                return -Marshal.GetLastPInvokeError();
            }

            if (message.ControlLength >= (nuint)(sizeof(nuint) + (2 * sizeof(int)) + sizeof(int))
                && control.Level == SocketLevel && control.Type == Rights)
            {
                descriptor = new SafeFileHandle(control.Descriptor, ownsHandle: true);
            }
        }

        return (int)received;
    }

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    private static partial nint Receive(SafeSocketHandle socket, Message* message, int flags);

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

    // struct cmsghdr with one int behind it. Its eight bytes of length make CMSG_SPACE(4) 24: the kernel puts a second
    // descriptor into the padding if the buffer has room for it, so the buffer ends after the first.
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct ControlData
    {
        internal nuint Length;
        internal int Level;
        internal int Type;
        internal int Descriptor;
    }
}
