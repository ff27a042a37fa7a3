using System.Runtime.InteropServices;

namespace Addergate.Posix.Files;

/// <summary>struct pollfd, which asks whether a descriptor can be read or written.</summary>
/// <param name="descriptor">The descriptor; negative ones are passed over.</param>
/// <param name="forWriting">Whether room to write is waited for rather than bytes to read.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly struct PollEntry(int descriptor, bool forWriting = false)
{
    private const short In = 1;
    private const short Out = 4;

    private readonly int _descriptor = descriptor;
    private readonly short _asked = forWriting ? Out : In;
    private readonly short _result = 0;

    public int Descriptor => _descriptor;

    /// <summary>Whether there is something: bytes, room, an error or the end.</summary>
    public bool IsDue => _result != 0;
}
