using System.Buffers;
using Addergate.Wire.Frames;
using Addergate.Wire.Requests;
using FsCheck.Fluent;

namespace Addergate.Wire.Tests.Requests;

public sealed class RequestHeadTests
{
    [Fact]
    public void Any_request_is_read_as_written() => Property.Holds(RequestSample.Any, static sample =>
    {
        var frame = sample.Write();
        Assert.Equal(OperationStatus.Done, FrameHeader.TryRead(frame, out var header));
        Assert.Equal(new FrameHeader(frame.Length - WireLimits.HeaderSize, FrameKind.Request, FrameFlags.None), header);

        Assert.True(RequestHeadReader.TryBegin(frame.AsSpan(WireLimits.HeaderSize), out var reader));
        Assert.Equal(sample.Head, reader.Head);
        Assert.Equal(sample.Items.Length, reader.Remaining);
        foreach (var item in sample.Items)
        {
            Assert.True(reader.TryReadItem(out var key, out var name, out var value));
            Assert.Equal(item.Key, key);
            Assert.Equal(item.Name, name.ToArray());
            Assert.Equal(item.Value, value.ToArray());
        }

        Assert.Equal(0, reader.Remaining);
        Assert.False(reader.TryReadItem(out _, out _, out _));
        Assert.Equal(sample.Body, reader.InlineBody.ToArray());
    });

    [Fact]
    public void Every_prefix_that_cuts_the_head_is_malformed() => Property.Holds(
        RequestSample.Any,
        static sample =>
        {
            var whole = (sample with { Body = [] }).Write().AsSpan(WireLimits.HeaderSize);
            for (var size = 0; size < whole.Length; size++)
            {
                Assert.False(ReadsWhole(whole[..size]));
            }

            Assert.True(ReadsWhole(whole));
        },
        times: 50);

    [Fact]
    public void Random_bytes_never_read_past_the_end() => Property.Holds(
        Property.Bytes, static bytes => ReadsWhole(bytes), times: 10_000);

    [Fact]
    public void A_changed_byte_never_reads_past_the_end() => Property.Holds(
        from sample in RequestSample.Any
        from offset in Gen.Choose(0, int.MaxValue)
        from value in Gen.Choose(0, 255)
        select (sample, offset, value),
        static change =>
        {
            var payload = change.sample.Write()[WireLimits.HeaderSize..];
            payload[change.offset % payload.Length] = (byte)change.value;
            ReadsWhole(payload);
        },
        times: 5000);

    [Fact]
    public void Request_number_zero_is_malformed() =>
        Assert.False(RequestHeadReader.TryBegin(new byte[RequestHeadSize], out _));

    [Fact]
    public void More_items_than_the_limit_are_malformed()
    {
        var payload = new byte[RequestHeadSize];
        payload[0] = 1;
        Assert.True(RequestHeadReader.TryBegin(payload, out _));
        payload[^2] = (WireLimits.MaxHeadItems + 1) & 0xFF;
        payload[^1] = (WireLimits.MaxHeadItems + 1) >> 8;
        Assert.False(RequestHeadReader.TryBegin(payload, out _));
    }

    private const int RequestHeadSize = 36;

    private static bool ReadsWhole(ReadOnlySpan<byte> payload)
    {
        if (!RequestHeadReader.TryBegin(payload, out var reader))
        {
            return false;
        }

        while (reader.TryReadItem(out _, out _, out _))
        {
        }

        return reader.Remaining == 0;
    }
}
