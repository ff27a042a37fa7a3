using System.Buffers;
using System.Buffers.Binary;
using Addergate.Wire.Frames;

namespace Addergate.Wire.Responses;

/// <summary>
/// Reads the head at the front of a RESPONSE payload, which may still be incomplete: body bytes follow the head in
/// the same frame. Spans point into the source.
/// </summary>
public ref struct ResponseHeadReader
{
    private SpanReader _reader;

    private ResponseHeadReader(SpanReader reader, ushort status, ReadOnlySpan<byte> reason, int remaining, int size)
    {
        _reader = reader;
        Status = status;
        Reason = reason;
        Remaining = remaining;
        Size = size;
    }

    /// <summary>The status code, 100 to 999.</summary>
    public ushort Status { get; }

    /// <summary>The reason phrase in Latin-1; may be empty.</summary>
    public ReadOnlySpan<byte> Reason { get; }

    /// <summary>Headers not read yet.</summary>
    public int Remaining { get; private set; }

    /// <summary>Bytes of payload that the head takes; the body begins there.</summary>
    public int Size { get; }

    /// <summary>Whether every header was read and nothing is left over in the head.</summary>
    public readonly bool IsComplete => Remaining == 0 && _reader.Rest.IsEmpty;

    /// <param name="source">What has arrived of the payload.</param>
    /// <param name="payloadLength">The frame's payload length, which the head must not exceed.</param>
    /// <param name="result">The reader, when Done.</param>
    public static OperationStatus TryBegin(ReadOnlySpan<byte> source, int payloadLength, out ResponseHeadReader result)
    {
        result = default;
        if (payloadLength < 10)
        {
            return OperationStatus.InvalidData;
        }

        if (source.Length < 4)
        {
            return OperationStatus.NeedMoreData;
        }

        var headLength = BinaryPrimitives.ReadUInt32LittleEndian(source);
        if (headLength > WireLimits.MaxResponseHead || headLength + 4 > (uint)payloadLength)
        {
            return OperationStatus.InvalidData;
        }

        var size = (int)headLength + 4;
        if (source.Length < size)
        {
            return OperationStatus.NeedMoreData;
        }

        var reader = new SpanReader(source[4..size]);
        if (!reader.TryTakeUInt16(out var status) || status is < 100 or > 999
            || !reader.TryTakeUInt16(out var count) || count > WireLimits.MaxHeadItems
            || !reader.TryTakeShort(out var reason))
        {
            return OperationStatus.InvalidData;
        }

        result = new ResponseHeadReader(reader, status, reason, count, size);
        return OperationStatus.Done;
    }

    /// <summary>Reads the next header; false when there is none or it is malformed (see
    /// <see cref="IsComplete"/>).</summary>
    /// <param name="number">Index into <see cref="ResponseHeaders.Names"/>, 0 for a name of its own.</param>
    /// <param name="name">The name when <paramref name="number"/> is 0.</param>
    /// <param name="value">The value in Latin-1.</param>
    public bool TryReadHeader(out byte number, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = default;
        value = default;
        number = 0;
        if (Remaining == 0
            || !_reader.TryTakeByte(out number) || number >= ResponseHeaders.Count
            || (number == 0 && (!_reader.TryTakeShort(out name) || name.IsEmpty))
            || !_reader.TryTakeLong(out value))
        {
            return false;
        }

        Remaining--;
        return true;
    }
}
