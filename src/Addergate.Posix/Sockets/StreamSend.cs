using System.Runtime.InteropServices;

namespace Addergate.Posix.Sockets;

/// <summary>send(2) and sendmsg(2) on stream sockets, until everything is gone. SIGPIPE is never raised.</summary>
public static unsafe partial class StreamSend
{
    private const int NoSignal = 0x4000;
    private const int SocketLevel = 1;
    private const int ControlRights = 1;

    /// <summary>Sends all bytes, blocking as long as it takes.</summary>
    /// <returns>False when the connection is gone.</returns>
    public static bool SendAll(int descriptor, byte* data, long length)
    {
        while (length > 0)
        {
            var sent = Send(descriptor, data, (nuint)length, NoSignal);
            if (sent >= 0)
            {
                data += sent;
                length -= sent;
            }
            else if (Marshal.GetLastPInvokeError() != Errno.Interrupted)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Sends two blocks as one, with a single system call when the socket's buffer takes them.</summary>
    /// <returns>False when the connection is gone.</returns>
    public static bool SendAll(int descriptor, byte* first, int firstLength, byte* second, long secondLength)
    {
        var vectors = stackalloc IoVector[2];
        vectors[0] = new IoVector { Base = first, Length = (nuint)firstLength };
        vectors[1] = new IoVector { Base = second, Length = (nuint)secondLength };
        MessageHeader message = default;
        message.Vectors = vectors;
        message.VectorCount = 2;
        nint sent;
        do
        {
            sent = SendMessage(descriptor, &message, NoSignal);
        }
        while (sent < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

        if (sent < 0)
        {
            return false;
        }

        if (sent < firstLength)
        {
            return SendAll(descriptor, first + sent, firstLength - sent)
                && SendAll(descriptor, second, secondLength);
        }

        return SendAll(descriptor, second + (sent - firstLength), secondLength - (sent - firstLength));
    }

    /// <summary>Sends bytes with a descriptor attached to the first of them (SCM_RIGHTS).</summary>
    /// <returns>False when the connection is gone.</returns>
    public static bool SendWithDescriptor(int descriptor, byte* data, int length, int attached)
    {
        // cmsghdr (length, level, type) and one int, padded to eight bytes.
        var control = stackalloc long[3];
        control[0] = 20;
        ((int*)control)[2] = SocketLevel;
        ((int*)control)[3] = ControlRights;
        control[2] = 0;
        ((int*)control)[4] = attached;
        IoVector vector = new() { Base = data, Length = (nuint)length };
        MessageHeader message = default;
        message.Vectors = &vector;
        message.VectorCount = 1;
        message.Control = control;
        message.ControlLength = 24;
        nint sent;
        do
        {
            sent = SendMessage(descriptor, &message, NoSignal);
        }
        while (sent < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

        return sent >= 0 && SendAll(descriptor, data + sent, length - sent);
    }

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int descriptor, byte* data, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint SendMessage(int descriptor, MessageHeader* message, int flags);

    private struct IoVector
    {
        internal byte* Base;
        internal nuint Length;
    }

    private struct MessageHeader
    {
        internal void* Name;
        internal uint NameLength;
        internal IoVector* Vectors;
        internal nuint VectorCount;
        internal void* Control;
        internal nuint ControlLength;
        internal int Flags;
    }
}
