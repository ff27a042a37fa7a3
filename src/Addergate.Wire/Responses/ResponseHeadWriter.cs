using System.Buffers.Binary;
using Addergate.Wire.Frames;

namespace Addergate.Wire.Responses;

/// <summary>
/// Builds a RESPONSE frame: <see cref="Begin"/>, a call for each header, then <see cref="EndHead"/>; body bytes may
/// follow in the same frame, from this buffer or from elsewhere. Mirror of <see cref="ResponseHeadReader"/>.
/// The layout is u32 length of the head (without these four bytes), u16 status, u16 count, u16 reason length, reason,
/// then the headers as u8 number (0: u16 length and name), u32 length and value.
/// Not a ref struct, because the worker keeps it between start_response and the first block.
/// </summary>
public struct ResponseHeadWriter
{
    private readonly FrameBuffer _buffer;
    private readonly int _start;
    private ushort _count;

    private ResponseHeadWriter(FrameBuffer buffer, int start)
    {
        _buffer = buffer;
        _start = start;
    }

    /// <param name="buffer">Where the frame is built.</param>
    /// <param name="status">Three digits.</param>
    /// <param name="reason">The reason phrase in Latin-1, checked by the caller: no control characters.</param>
    public static ResponseHeadWriter Begin(FrameBuffer buffer, ushort status, ReadOnlySpan<byte> reason)
    {
        buffer.BeginFrame(FrameKind.Response);
        var start = buffer.Length;
        buffer.WriteUInt32(0);
        buffer.WriteUInt16(status);
        buffer.WriteUInt16(0);
        buffer.WriteUInt16((ushort)reason.Length);
        buffer.WriteBytes(reason);
        return new ResponseHeadWriter(buffer, start);
    }

    /// <summary>Adds a header. Names and values were checked: no CR, LF or NUL reaches this point.</summary>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        _count++;
        var number = ResponseHeaders.Find(name);
        _buffer.WriteByte(number);
        if (number == 0)
        {
            _buffer.WriteUInt16((ushort)name.Length);
            _buffer.WriteBytes(name);
        }

        _buffer.WriteUInt32((uint)value.Length);
        _buffer.WriteBytes(value);
    }

    /// <summary>Ends the head; the frame stays open for body bytes until <see cref="FrameBuffer.EndFrame"/>.</summary>
    public readonly void EndHead()
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.At(_start, 4), (uint)(_buffer.Length - _start - 4));
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.At(_start + 6, 2), _count);
    }
}
