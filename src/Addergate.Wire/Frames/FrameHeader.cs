using System.Buffers;
using System.Buffers.Binary;

namespace Addergate.Wire.Frames;

/// <summary>The eight bytes before every payload on a slot connection.</summary>
/// <param name="Length">Bytes of payload that follow.</param>
/// <param name="Kind">What the payload is.</param>
/// <param name="Flags">Flags; meaning depends on <paramref name="Kind"/>.</param>
public readonly record struct FrameHeader(int Length, FrameKind Kind, FrameFlags Flags)
{
    /// <summary>Writes the header to the first <see cref="WireLimits.HeaderSize"/> bytes of a span.</summary>
    public void WriteTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination, Length);
        destination[4] = (byte)Kind;
        destination[5] = (byte)Flags;
        destination[6] = 0;
        destination[7] = 0;
    }

    /// <summary>
    /// Reads a header. <see cref="OperationStatus.NeedMoreData"/> asks for more bytes;
    /// <see cref="OperationStatus.InvalidData"/> means that the peer does not speak this protocol and the connection
    /// must be closed. A length beyond the kind's limit is invalid, so the caller may trust it.
    /// </summary>
    public static OperationStatus TryRead(ReadOnlySpan<byte> source, out FrameHeader header)
    {
        header = default;
        if (source.Length < WireLimits.HeaderSize)
        {
            return OperationStatus.NeedMoreData;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(source);
        var kind = (FrameKind)source[4];
        var flags = (FrameFlags)source[5];
        if ((source[6] | source[7]) != 0 || length > MaxLength(kind) || (flags & ~AllowedFlags(kind)) != 0)
        {
            return OperationStatus.InvalidData;
        }

        header = new FrameHeader((int)length, kind, flags);
        return OperationStatus.Done;
    }

    /// <summary>Largest payload of a kind in bytes; -1 as an unsigned number is never reached by an unknown kind,
    /// whose limit is below zero.</summary>
    private static long MaxLength(FrameKind kind) => kind switch
    {
        FrameKind.Request => WireLimits.MaxRequestHead + WireLimits.MaxInlineBody,
        FrameKind.Body => WireLimits.MaxReadSize,
        FrameKind.BodyEnd or FrameKind.Goodbye or FrameKind.Abort or FrameKind.Dropped => 0,
        FrameKind.Hello => WireLimits.MaxHello,
        FrameKind.Response or FrameKind.Data => WireLimits.MaxBodyPayload,
        FrameKind.Read => sizeof(uint),
        _ => -1,
    };

    private static FrameFlags AllowedFlags(FrameKind kind) => kind switch
    {
        FrameKind.Response or FrameKind.Data or FrameKind.Body => FrameFlags.End,
        FrameKind.Abort => FrameFlags.TimedOut,
        FrameKind.BodyEnd => FrameFlags.Disconnected | FrameFlags.TooLarge | FrameFlags.Invalid,
        _ => FrameFlags.None,
    };
}
