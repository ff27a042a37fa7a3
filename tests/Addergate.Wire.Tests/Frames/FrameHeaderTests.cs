using System.Buffers;
using Addergate.Wire.Frames;

namespace Addergate.Wire.Tests.Frames;

public sealed class FrameHeaderTests
{
    public static TheoryData<FrameKind, FrameFlags, int> Limits => new()
    {
        { FrameKind.Request, FrameFlags.None, WireLimits.MaxRequestHead + WireLimits.MaxInlineBody },
        { FrameKind.Body, FrameFlags.End, WireLimits.MaxReadSize },
        { FrameKind.BodyEnd, FrameFlags.Disconnected | FrameFlags.TooLarge | FrameFlags.Invalid, 0 },
        { FrameKind.Goodbye, FrameFlags.None, 0 },
        { FrameKind.Hello, FrameFlags.None, WireLimits.MaxHello },
        { FrameKind.Response, FrameFlags.End, WireLimits.MaxBodyPayload },
        { FrameKind.Data, FrameFlags.End, WireLimits.MaxBodyPayload },
        { FrameKind.Read, FrameFlags.None, 4 },
        { FrameKind.Abort, FrameFlags.TimedOut, 0 },
        { FrameKind.Dropped, FrameFlags.None, 0 },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_header_at_its_limit_is_read_as_written(FrameKind kind, FrameFlags flags, int length)
    {
        var bytes = new byte[WireLimits.HeaderSize];
        var header = new FrameHeader(length, kind, flags);
        header.WriteTo(bytes);

        Assert.Equal(OperationStatus.Done, FrameHeader.TryRead(bytes, out var read));
        Assert.Equal(header, read);
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void Every_prefix_asks_for_more(FrameKind kind, FrameFlags flags, int length)
    {
        var bytes = new byte[WireLimits.HeaderSize];
        new FrameHeader(length, kind, flags).WriteTo(bytes);

        for (var size = 0; size < bytes.Length; size++)
        {
            Assert.Equal(OperationStatus.NeedMoreData, FrameHeader.TryRead(bytes.AsSpan(0, size), out _));
        }
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void One_byte_over_the_limit_is_malformed(FrameKind kind, FrameFlags flags, int length)
    {
        var bytes = new byte[WireLimits.HeaderSize];
        new FrameHeader(length + 1, kind, flags).WriteTo(bytes);
        Assert.Equal(OperationStatus.InvalidData, FrameHeader.TryRead(bytes, out _));

        new FrameHeader(-1, kind, flags).WriteTo(bytes);
        Assert.Equal(OperationStatus.InvalidData, FrameHeader.TryRead(bytes, out _));
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_flag_that_the_kind_does_not_have_is_malformed(FrameKind kind, FrameFlags allowed, int length)
    {
        var bytes = new byte[WireLimits.HeaderSize];
        for (var bit = 0; bit < 8; bit++)
        {
            var flag = (FrameFlags)(1 << bit);
            new FrameHeader(length, kind, flag).WriteTo(bytes);
            var expected = (flag & allowed) != 0 ? OperationStatus.Done : OperationStatus.InvalidData;
            Assert.Equal(expected, FrameHeader.TryRead(bytes, out _));
        }
    }

    [Fact]
    public void A_kind_that_does_not_exist_is_malformed_even_when_empty()
    {
        var bytes = new byte[WireLimits.HeaderSize];
        for (var kind = 0; kind < 256; kind++)
        {
            new FrameHeader(0, (FrameKind)kind, FrameFlags.None).WriteTo(bytes);
            var expected = kind != 0 && Enum.IsDefined((FrameKind)kind)
                ? OperationStatus.Done
                : OperationStatus.InvalidData;
            Assert.Equal(expected, FrameHeader.TryRead(bytes, out _));
        }
    }

    [Fact]
    public void Random_bytes_are_malformed_or_written_back_as_they_were() => Property.Holds(
        Property.UInt64,
        value =>
        {
            var bytes = BitConverter.GetBytes(value);
            var again = new byte[WireLimits.HeaderSize];
            if (FrameHeader.TryRead(bytes, out var header) == OperationStatus.Done)
            {
                header.WriteTo(again);
                Assert.Equal(bytes, again);
            }
        },
        times: 20_000);
}
