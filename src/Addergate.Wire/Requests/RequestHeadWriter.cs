using System.Buffers.Binary;
using Addergate.Wire.Frames;

namespace Addergate.Wire.Requests;

/// <summary>
/// Builds a REQUEST frame: call <see cref="Begin"/>, then one of the item methods for each environ item, then
/// <see cref="End(ReadOnlySpan{byte})"/> with the inline body. Mirror of <see cref="RequestHeadReader"/>.
/// </summary>
public ref struct RequestHeadWriter
{
    private readonly FrameBuffer _buffer;
    private readonly int _countOffset;
    private ushort _count;

    private RequestHeadWriter(FrameBuffer buffer, int countOffset)
    {
        _buffer = buffer;
        _countOffset = countOffset;
    }

    public static RequestHeadWriter Begin(FrameBuffer buffer, in RequestHead head)
    {
        buffer.BeginFrame(FrameKind.Request);
        buffer.WriteUInt64(head.Number);
        buffer.WriteUInt64((ulong)head.ContentLength);
        buffer.WriteDouble(head.RequestStart);
        buffer.WriteDouble(head.QueueStart);
        buffer.WriteByte((byte)head.BodyMode);
        buffer.WriteByte(head.IsSecure ? (byte)1 : (byte)0);
        var countOffset = buffer.Length;
        buffer.WriteUInt16(0);
        return new RequestHeadWriter(buffer, countOffset);
    }

    /// <summary>Adds an item with a known key.</summary>
    public void Add(CgiKey key, scoped ReadOnlySpan<byte> value) => value.CopyTo(Reserve(key, value.Length));

    /// <summary>Adds an item with a known key, whose value the caller writes.</summary>
    public Span<byte> Reserve(CgiKey key, int valueLength)
    {
        _count++;
        _buffer.WriteByte((byte)key);
        _buffer.WriteUInt32((uint)valueLength);
        return _buffer.Reserve(valueLength);
    }

    /// <summary>Adds an item under a full CGI name such as <c>HTTP_X_REQUEST_ID</c>, in Latin-1.</summary>
    public void Add(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value) => value.CopyTo(Reserve(name, value.Length));

    /// <summary>Adds an item under a full CGI name, whose value the caller writes.</summary>
    public Span<byte> Reserve(scoped ReadOnlySpan<byte> name, int valueLength)
    {
        _count++;
        _buffer.WriteByte((byte)CgiKey.Custom);
        _buffer.WriteUInt16((ushort)name.Length);
        _buffer.WriteBytes(name);
        _buffer.WriteUInt32((uint)valueLength);
        return _buffer.Reserve(valueLength);
    }

    /// <summary>Ends the frame.</summary>
    /// <param name="inlineBody">The body, for <see cref="RequestBodyMode.Inline"/>.</param>
    public readonly void End(ReadOnlySpan<byte> inlineBody = default)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.At(_countOffset, 2), _count);
        _buffer.WriteBytes(inlineBody);
        _buffer.EndFrame();
    }

    /// <summary>Ends the frame with an inline body that is in pieces.</summary>
    public readonly void End(IReadOnlyList<ReadOnlyMemory<byte>> inlineBody)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.At(_countOffset, 2), _count);
        for (var i = 0; i < inlineBody.Count; i++)
        {
            _buffer.WriteBytes(inlineBody[i].Span);
        }

        _buffer.EndFrame();
    }

    /// <summary>Ends the frame, whose inline body the caller sends right after the buffer from where it is.</summary>
    public readonly void EndWithBodyOutside(int length)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.At(_countOffset, 2), _count);
        _buffer.EndFrame(length);
    }
}
