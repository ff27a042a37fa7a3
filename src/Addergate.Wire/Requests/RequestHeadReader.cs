using System.Buffers;
using Addergate.Wire.Frames;

namespace Addergate.Wire.Requests;

/// <summary>
/// Reads a complete REQUEST payload: <see cref="TryBegin"/>, then <see cref="TryReadItem"/> until it is no longer
/// <see cref="OperationStatus.Done"/>; <see cref="OperationStatus.NeedMoreData"/> never occurs inside a complete
/// frame, and <see cref="Remaining"/> tells whether all items were read. Spans point into the payload.
/// </summary>
public ref struct RequestHeadReader
{
    private SpanReader _reader;

    private RequestHeadReader(SpanReader reader, RequestHead head, int remaining)
    {
        _reader = reader;
        Head = head;
        Remaining = remaining;
    }

    /// <summary>The fixed part.</summary>
    public RequestHead Head { get; }

    /// <summary>Items not read yet.</summary>
    public int Remaining { get; private set; }

    /// <summary>The inline body; valid once <see cref="Remaining"/> is 0.</summary>
    public readonly ReadOnlySpan<byte> InlineBody => _reader.Rest;

    public static bool TryBegin(ReadOnlySpan<byte> payload, out RequestHeadReader result)
    {
        result = default;
        var reader = new SpanReader(payload);
        if (!reader.TryTakeUInt64(out var number) || number == 0
            || !reader.TryTakeUInt64(out var contentLength) || (long)contentLength < -1
            || !reader.TryTakeDouble(out var requestStart)
            || !reader.TryTakeDouble(out var queueStart)
            || !reader.TryTakeByte(out var mode) || mode > (byte)RequestBodyMode.OnDemand
            || !reader.TryTakeByte(out var secure) || secure > 1
            || !reader.TryTakeUInt16(out var count) || count > WireLimits.MaxHeadItems)
        {
            return false;
        }

        var head = new RequestHead(
            number, (long)contentLength, requestStart, queueStart, (RequestBodyMode)mode, secure == 1);
        result = new RequestHeadReader(reader, head, count);
        return true;
    }

    /// <summary>Reads the next item. False when there is none, or when it is malformed: then
    /// <see cref="Remaining"/> is not 0.</summary>
    /// <param name="key">The key, or <see cref="CgiKey.Custom"/>.</param>
    /// <param name="name">The CGI name of a custom item in Latin-1, else empty.</param>
    /// <param name="value">The value's bytes.</param>
    public bool TryReadItem(out CgiKey key, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        key = CgiKey.Custom;
        name = default;
        value = default;
        if (Remaining == 0
            || !_reader.TryTakeByte(out var number) || number >= CgiKeys.Count
            || (number == 0 && !_reader.TryTakeShort(out name))
            || !_reader.TryTakeLong(out value))
        {
            return false;
        }

        key = (CgiKey)number;
        Remaining--;
        return true;
    }
}
