using System.Runtime.InteropServices;

namespace Addergate.Posix.Sockets;

/// <summary>SO_ATTACH_FILTER on a listening TCP socket.</summary>
public static unsafe partial class ListenerFilter
{
    private const int SocketLevel = 1;
    private const int AttachFilter = 26;

    /// <summary>
    /// Has the kernel drop connection attempts from now on, while connections that are established or on the way there
    /// can still be accepted: so a backlog can be served to its end before the socket is closed, which would reset it.
    /// Clients repeat their attempt, first after a second. It holds for the socket, in every process that has it.
    /// </summary>
    /// <returns>False when the kernel refuses.</returns>
    public static bool TryDropNew(int descriptor)
    {
        // Offsets count from the TCP header; its byte 13 holds the flags.
        ReadOnlySpan<Instruction> program =
        [
            new(0x30, 0, 0, 13), // A = byte 13
            new(0x45, 0, 1, 2), // SYN?
            new(0x06, 0, 0, 0), // yes: drop
            new(0x06, 0, 0, uint.MaxValue), // no: pass
        ];
        fixed (Instruction* first = program)
        {
            var filter = new Program((ushort)program.Length, first);
            return SetOption(descriptor, SocketLevel, AttachFilter, &filter, (uint)sizeof(Program)) == 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    private static partial int SetOption(int descriptor, int level, int option, Program* value, uint size);

    /// <summary>struct sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Operand);

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Program(ushort length, Instruction* first)
    {
        private readonly ushort _length = length;
        private readonly Instruction* _first = first;
    }
}
