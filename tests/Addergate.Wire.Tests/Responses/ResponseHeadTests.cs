using System.Buffers;
using System.Text;
using Addergate.Wire.Responses;
using FsCheck.Fluent;

namespace Addergate.Wire.Tests.Responses;

public sealed class ResponseHeadTests
{
    [Fact]
    public void Any_response_is_read_as_written() => Property.Holds(ResponseSample.Any, static sample =>
    {
        var payload = sample.WritePayload(out var headSize);
        Assert.Equal(OperationStatus.Done, ResponseHeadReader.TryBegin(payload, payload.Length, out var reader));
        Assert.Equal(sample.Status, reader.Status);
        Assert.Equal(sample.Reason, reader.Reason.ToArray());
        Assert.Equal(headSize, reader.Size);
        foreach (var (name, value) in sample.Headers)
        {
            Assert.True(reader.TryReadHeader(out var number, out var readName, out var readValue));
            var named = number == 0 ? readName.ToArray() : Encoding.ASCII.GetBytes(ResponseHeaders.Names[number]);
            Assert.Equal(name, named);
            Assert.Equal(value, readValue.ToArray());
        }

        Assert.True(reader.IsComplete);
        Assert.Equal(sample.Body, payload[reader.Size..]);
    });

    [Fact]
    public void Every_prefix_of_the_head_asks_for_more() => Property.Holds(
        ResponseSample.Any,
        static sample =>
        {
            var payload = sample.WritePayload(out var headSize);
            for (var size = 0; size < headSize; size++)
            {
                Assert.Equal(
                    OperationStatus.NeedMoreData,
                    ResponseHeadReader.TryBegin(payload.AsSpan(0, size), payload.Length, out _));
            }

            Assert.Equal(
                OperationStatus.Done, ResponseHeadReader.TryBegin(payload.AsSpan(0, headSize), payload.Length, out _));
        },
        times: 100);

    [Fact]
    public void A_head_longer_than_its_frame_is_malformed() => Property.Holds(ResponseSample.Any, static sample =>
    {
        var payload = sample.WritePayload(out var headSize);
        Assert.Equal(
            OperationStatus.InvalidData, ResponseHeadReader.TryBegin(payload, headSize - 1, out _));
    });

    [Fact]
    public void Random_bytes_never_read_past_the_end() => Property.Holds(
        Property.Bytes, static bytes => ReadsWhole(bytes), times: 10_000);

    [Fact]
    public void A_changed_byte_never_reads_past_the_end() => Property.Holds(
        from sample in ResponseSample.Any
        from offset in Gen.Choose(0, int.MaxValue)
        from value in Gen.Choose(0, 255)
        select (sample, offset, value),
        static change =>
        {
            var payload = change.sample.WritePayload(out _);
            payload[change.offset % payload.Length] = (byte)change.value;
            ReadsWhole(payload);
        },
        times: 5000);

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    [InlineData(1000)]
    [InlineData(65535)]
    public void A_status_that_is_not_three_digits_is_malformed(int status)
    {
        var payload = new ResponseSample((ushort)status, [], [], []).WritePayload(out _);
        Assert.Equal(OperationStatus.InvalidData, ResponseHeadReader.TryBegin(payload, payload.Length, out _));
    }

    private static bool ReadsWhole(ReadOnlySpan<byte> payload)
    {
        if (ResponseHeadReader.TryBegin(payload, payload.Length, out var reader) != OperationStatus.Done)
        {
            return false;
        }

        while (reader.TryReadHeader(out _, out _, out _))
        {
        }

        return reader.IsComplete;
    }
}
