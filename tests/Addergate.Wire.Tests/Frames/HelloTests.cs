using System.Buffers;
using Addergate.Wire.Frames;

namespace Addergate.Wire.Tests.Frames;

public sealed class HelloTests
{
    private static readonly Hello Sample = new(7, 3, 4, 5, 0x0123456789ABCDEF, ulong.MaxValue);

    [Fact]
    public void It_is_read_as_written()
    {
        var frame = Write(Sample);

        Assert.Equal(OperationStatus.Done, FrameHeader.TryRead(frame, out var header));
        Assert.Equal(FrameKind.Hello, header.Kind);
        Assert.Equal(frame.Length - WireLimits.HeaderSize, header.Length);
        Assert.Equal(OperationStatus.Done, Hello.TryRead(frame.AsSpan(WireLimits.HeaderSize), out var read));
        Assert.Equal(Sample, read);
    }

    [Fact]
    public void A_payload_of_any_other_size_is_malformed()
    {
        var payload = Write(Sample)[WireLimits.HeaderSize..];
        for (var size = 0; size < payload.Length; size++)
        {
            Assert.Equal(OperationStatus.InvalidData, Hello.TryRead(payload.AsSpan(0, size), out _));
        }

        Assert.Equal(OperationStatus.InvalidData, Hello.TryRead([.. payload, 0], out _));
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(0, 0)]
    [InlineData(65535, 5)]
    [InlineData(0, WireLimits.MaxSlots + 1)]
    public void A_slot_that_the_worker_cannot_have_is_malformed(int slot, int slots)
    {
        var payload = Write(Sample with { Slot = (ushort)slot, Slots = (ushort)slots })[WireLimits.HeaderSize..];
        Assert.Equal(OperationStatus.InvalidData, Hello.TryRead(payload, out _));
    }

    [Fact]
    public void A_change_to_the_magic_or_the_version_is_refused()
    {
        var payload = Write(Sample)[WireLimits.HeaderSize..];
        for (var offset = 0; offset < 6; offset++)
        {
            var changed = payload.ToArray();
            changed[offset] ^= 1;
            Assert.Equal(OperationStatus.InvalidData, Hello.TryRead(changed, out _));
        }
    }

    [Fact]
    public void Random_bytes_are_malformed() => Property.Holds(
        Property.Bytes, static bytes => Assert.Equal(OperationStatus.InvalidData, Hello.TryRead(bytes, out _)));

    private static byte[] Write(Hello hello)
    {
        var buffer = new FrameBuffer();
        hello.WriteTo(buffer);
        return buffer.Written.ToArray();
    }
}
