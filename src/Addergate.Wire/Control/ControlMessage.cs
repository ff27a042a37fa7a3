using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Addergate.Wire.Frames;

namespace Addergate.Wire.Control;

/// <summary>
/// A message between supervisor and child: u32 payload length, u8 kind, three zero bytes, payload. Rare and small, so
/// it is read whole. The Python bootstrap reads <see cref="ControlKind.Start"/> by itself with the same header.
/// </summary>
public abstract record ControlMessage(ControlKind Kind)
{
    /// <summary>Appends header and payload.</summary>
    public void WriteTo(FrameBuffer buffer)
    {
        var start = buffer.Length;
        buffer.WriteUInt32(0);
        buffer.WriteByte((byte)Kind);
        buffer.Reserve(3).Clear();
        WritePayload(buffer);
        var length = buffer.Length - start - WireLimits.HeaderSize;
        BinaryPrimitives.WriteInt32LittleEndian(buffer.At(start, 4), length);
    }

    /// <summary>Reads a message from the front of a buffer.</summary>
    /// <param name="source">What has arrived.</param>
    /// <param name="message">The message when Done.</param>
    /// <param name="consumed">Bytes that the message took.</param>
    /// <returns>NeedMoreData, or InvalidData: then the peer does not speak this protocol.</returns>
    public static OperationStatus TryRead(
        ReadOnlySpan<byte> source, out ControlMessage? message, out int consumed)
    {
        message = null;
        consumed = 0;
        if (source.Length < WireLimits.HeaderSize)
        {
            return OperationStatus.NeedMoreData;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(source);
        if (length > WireLimits.MaxControlMessage || (source[5] | source[6] | source[7]) != 0)
        {
            return OperationStatus.InvalidData;
        }

        var size = WireLimits.HeaderSize + (int)length;
        if (source.Length < size)
        {
            return OperationStatus.NeedMoreData;
        }

        var reader = new SpanReader(source[WireLimits.HeaderSize..size]);
        message = ReadPayload((ControlKind)source[4], ref reader);
        if (message is null || !reader.Rest.IsEmpty)
        {
            message = null;
            return OperationStatus.InvalidData;
        }

        consumed = size;
        return OperationStatus.Done;
    }

    /// <summary>Appends the payload.</summary>
    private protected virtual void WritePayload(FrameBuffer buffer)
    {
    }

    private protected static void WriteString(FrameBuffer buffer, string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        buffer.WriteUInt32((uint)length);
        Encoding.UTF8.GetBytes(value, buffer.Reserve(length));
    }

    private static ControlMessage? ReadPayload(ControlKind kind, ref SpanReader reader) => kind switch
    {
        ControlKind.Configure => ConfigureMessage.Read(ref reader),
        ControlKind.Certificate => CertificateMessage.Read(ref reader),
        ControlKind.Admit => AdmitMessage.Read(ref reader),
        ControlKind.InForce => InForceMessage.Read(ref reader),
        ControlKind.Threads => ThreadsMessage.Read(ref reader),
        ControlKind.AskThreads => AskThreadsMessage.Read(ref reader),
        ControlKind.Retire or ControlKind.Gone or ControlKind.Retired or ControlKind.Stuck
            or ControlKind.WornOut => WorkerMessage.Read(kind, ref reader),
        ControlKind.Start or ControlKind.Stop or ControlKind.Failed or ControlKind.Sources
            or ControlKind.Status => TextMessage.Read(kind, ref reader),
        ControlKind.Interrupt or ControlKind.Overdue or ControlKind.Describe or ControlKind.Slow => RequestMessage.Read(kind, ref reader),
        ControlKind.Load => LoadMessage.Read(ref reader),
        ControlKind.Forked => ForkedMessage.Read(ref reader),
        ControlKind.Drain or ControlKind.HandOver or ControlKind.Ping or ControlKind.Pong or ControlKind.Ready
            or ControlKind.Drained or ControlKind.Evict or ControlKind.AskStatus => new SignalMessage(kind),
        _ => null,
    };
}
