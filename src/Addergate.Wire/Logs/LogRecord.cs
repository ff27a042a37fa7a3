using System.Buffers;
using System.Text;
using Addergate.Wire.Frames;

namespace Addergate.Wire.Logs;

/// <summary>
/// One datagram on the SOCK_SEQPACKET log socket between a child and the supervisor: u8 kind, u8 level,
/// u16 length and request id, then the text (UTF-8, cut by the sender to <see cref="WireLimits.MaxLogRecord"/>).
/// The receiver stamps the time, so that a child's clock or TZ never shows in a log.
/// </summary>
/// <param name="Kind">Which log.</param>
/// <param name="Level">Severity; 0 for access lines.</param>
/// <param name="RequestId">The request it belongs to, or empty.</param>
/// <param name="Text">The text without a final newline (error log), or whole lines (access log).</param>
public readonly record struct LogRecord(LogRecordKind Kind, LogLevelCode Level, string RequestId, string Text)
{
    /// <summary>Bytes of a datagram without request id and text.</summary>
    public const int EmptySize = 4;

    /// <summary>Begins a datagram of access log lines, which the caller appends in UTF-8, each with its newline, up to
    /// <see cref="WireLimits.MaxLogRecord"/> in all.</summary>
    public static void BeginAccess(FrameBuffer buffer)
    {
        buffer.Clear();
        buffer.WriteByte((byte)LogRecordKind.Access);
        buffer.WriteByte(0);
        buffer.WriteUInt16(0);
    }

    /// <summary>Appends the datagram, cut to the limit at a character boundary.</summary>
    public void WriteTo(FrameBuffer buffer)
    {
        var start = buffer.Length;
        buffer.WriteByte((byte)Kind);
        buffer.WriteByte((byte)Level);
        var id = Encoding.UTF8.GetBytes(RequestId.Length <= 128 ? RequestId : RequestId[..128]);
        buffer.WriteUInt16((ushort)id.Length);
        buffer.WriteBytes(id);
        var room = WireLimits.MaxLogRecord - (buffer.Length - start);
        var text = Encoding.UTF8.GetBytes(Text).AsSpan();
        if (text.Length > room)
        {
            text = text[..room];
            while (!text.IsEmpty && (text[^1] & 0xC0) == 0x80)
            {
                text = text[..^1];
            }

            if (!text.IsEmpty && text[^1] >= 0xC0)
            {
                text = text[..^1];
            }
        }

        buffer.WriteBytes(text);
    }

    /// <summary>Reads a datagram; anything else is <see cref="OperationStatus.InvalidData"/>.</summary>
    public static OperationStatus TryRead(ReadOnlySpan<byte> datagram, out LogRecord record)
    {
        record = default;
        var reader = new SpanReader(datagram);
        if (!reader.TryTakeByte(out var kind) || kind is < 1 or > 2
            || !reader.TryTakeByte(out var level) || level > (byte)LogLevelCode.Critical
            || !reader.TryTakeShort(out var id))
        {
            return OperationStatus.InvalidData;
        }

        record = new LogRecord(
            (LogRecordKind)kind, (LogLevelCode)level, Encoding.UTF8.GetString(id), Encoding.UTF8.GetString(reader.Rest));
        return OperationStatus.Done;
    }
}
