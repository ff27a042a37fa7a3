using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Addergate.Posix.Sockets;

/// <summary>socketpair(2) of AF_UNIX: both ends close-on-exec and blocking.</summary>
/// <param name="Ours">The end that stays here.</param>
/// <param name="Theirs">The end for a child: given to it by number, then disposed of here.</param>
public readonly partial record struct SocketPair(SafeSocketHandle Ours, SafeSocketHandle Theirs) : IDisposable
{
    private const int FamilyUnix = 1;
    private const int CloseOnExec = 0x80000;
    private const int Stream = 1;
    private const int SeqPacket = 5;

    /// <exception cref="Win32Exception">Out of descriptors.</exception>
    public static SocketPair CreateStream() => Create(Stream);

    /// <summary>Keeps the bounds of messages, and tells an end of file.</summary>
    /// <exception cref="Win32Exception">Out of descriptors.</exception>
    public static SocketPair CreateSeqPacket() => Create(SeqPacket);

    public void Dispose()
    {
        Ours?.Dispose();
        Theirs?.Dispose();
    }

    private static unsafe SocketPair Create(int type)
    {
        var ends = stackalloc int[2];
        if (Pair(FamilyUnix, type | CloseOnExec, 0, ends) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        return new SocketPair(
            new SafeSocketHandle(ends[0], ownsHandle: true), new SafeSocketHandle(ends[1], ownsHandle: true));
    }

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    private static unsafe partial int Pair(int family, int type, int protocol, int* ends);
}
