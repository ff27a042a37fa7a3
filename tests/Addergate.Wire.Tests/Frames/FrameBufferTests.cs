using System.Buffers;
using Addergate.Wire.Frames;

namespace Addergate.Wire.Tests.Frames;

public sealed class FrameBufferTests
{
    [Fact]
    public void Growing_keeps_what_was_written()
    {
        var buffer = new FrameBuffer(initialCapacity: 1);
        var expected = Enumerable.Range(0, 10_000).Select(static i => (byte)i).ToArray();
        foreach (var value in expected)
        {
            buffer.WriteByte(value);
        }

        Assert.Equal(expected, buffer.Written.ToArray());
    }

    [Fact]
    public void Frames_follow_each_other_with_their_own_lengths_and_flags()
    {
        var buffer = new FrameBuffer();
        buffer.BeginFrame(FrameKind.Data);
        buffer.WriteBytes([1, 2, 3]);
        buffer.EndFrame();
        buffer.WriteEmptyFrame(FrameKind.Abort);
        buffer.BeginFrame(FrameKind.Data);
        buffer.AddFlags(FrameFlags.End);
        buffer.EndFrame(bytesOutside: 1000);

        var bytes = buffer.WrittenSpan;
        Assert.Equal(new FrameHeader(3, FrameKind.Data, FrameFlags.None), Read(bytes));
        Assert.Equal(new FrameHeader(0, FrameKind.Abort, FrameFlags.None), Read(bytes[11..]));
        Assert.Equal(new FrameHeader(1000, FrameKind.Data, FrameFlags.End), Read(bytes[19..]));
    }

    [Fact]
    public void A_cleared_buffer_is_empty_and_usable_however_large_it_was()
    {
        var buffer = new FrameBuffer(initialCapacity: 16);
        buffer.Reserve(1_000_000);
        buffer.Clear();
        Assert.Equal(0, buffer.Length);
        buffer.WriteUInt32(42);
        Assert.Equal([42, 0, 0, 0], buffer.Written.ToArray());
    }

    private static FrameHeader Read(ReadOnlySpan<byte> bytes)
    {
        Assert.Equal(OperationStatus.Done, FrameHeader.TryRead(bytes, out var header));
        return header;
    }
}
