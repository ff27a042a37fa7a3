using Addergate.Wire.Frames;

namespace Addergate.Wire.Tests.Frames;

public sealed class SpanReaderTests
{
    [Fact]
    public void A_length_before_bytes_that_are_not_there_takes_nothing()
    {
        byte[] source = [3, 0, 0, 0, 1, 2];

        var reader = new SpanReader(source);
        Assert.False(reader.TryTakeLong(out _));
        Assert.Equal(source.Length, reader.Rest.Length);
        Assert.False(reader.TryTakeString(out _));
        Assert.Equal(source.Length, reader.Rest.Length);

        reader = new SpanReader([7, 0, 1, 2]);
        Assert.False(reader.TryTakeShort(out _));
        Assert.Equal(4, reader.Rest.Length);
    }

    [Fact]
    public void A_length_beyond_what_an_integer_holds_is_refused()
    {
        var reader = new SpanReader([255, 255, 255, 255, 1]);
        Assert.False(reader.TryTakeLong(out _));
        Assert.False(reader.TryTake(-1, out _));
        Assert.Equal(5, reader.Rest.Length);
    }

    [Fact]
    public void Numbers_need_all_their_bytes()
    {
        for (var size = 0; size < 8; size++)
        {
            var reader = new SpanReader(new byte[size]);
            Assert.False(reader.TryTakeUInt64(out _));
            Assert.False(reader.TryTakeDouble(out _));
            Assert.Equal(size >= 4, reader.TryTakeUInt32(out _));
        }
    }

    [Fact]
    public void Any_fields_are_taken_as_the_buffer_wrote_them() => Property.Holds(
        Property.Bytes,
        static bytes =>
        {
            var buffer = new FrameBuffer(initialCapacity: 1);
            buffer.WriteUInt16((ushort)bytes.Length);
            buffer.WriteBytes(bytes);
            buffer.WriteUInt32((uint)bytes.Length);
            buffer.WriteBytes(bytes);
            buffer.WriteDouble(bytes.Length / 3.0);

            var reader = new SpanReader(buffer.WrittenSpan);
            Assert.True(reader.TryTakeShort(out var first));
            Assert.True(reader.TryTakeLong(out var second));
            Assert.True(reader.TryTakeDouble(out var third));
            Assert.Equal(bytes, first.ToArray());
            Assert.Equal(bytes, second.ToArray());
            Assert.Equal(bytes.Length / 3.0, third);
            Assert.True(reader.Rest.IsEmpty);
        });
}
