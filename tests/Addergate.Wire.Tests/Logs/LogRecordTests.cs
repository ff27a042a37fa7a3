using System.Buffers;
using System.Text;
using Addergate.Wire.Frames;
using Addergate.Wire.Logs;
using FsCheck;
using FsCheck.Fluent;

namespace Addergate.Wire.Tests.Logs;

public sealed class LogRecordTests
{
    private static readonly Gen<LogRecord> AnyRecord =
        from kind in Gen.Elements(LogRecordKind.Error, LogRecordKind.Access)
        from level in Gen.Elements(Enum.GetValues<LogLevelCode>())
        from id in Property.Bytes.Select(static b => Convert.ToHexString(b.AsSpan(0, Math.Min(b.Length, 64))))
        from text in Property.Text
        select new LogRecord(kind, level, id, text);

    [Fact]
    public void Any_record_is_read_as_written() => Property.Holds(AnyRecord, static record =>
    {
        Assert.Equal(OperationStatus.Done, LogRecord.TryRead(Write(record), out var read));
        Assert.Equal(record, read);
    });

    [Fact]
    public void A_prefix_that_cuts_the_head_is_malformed() => Property.Holds(AnyRecord, static record =>
    {
        var bytes = Write(record);
        for (var size = 0; size < 4 + record.RequestId.Length; size++)
        {
            Assert.Equal(OperationStatus.InvalidData, LogRecord.TryRead(bytes.AsSpan(0, size), out _));
        }
    });

    [Fact]
    public void Random_bytes_are_malformed_or_a_record() => Property.Holds(
        Property.Bytes,
        static bytes =>
        {
            if (LogRecord.TryRead(bytes, out var record) == OperationStatus.Done)
            {
                Assert.True(Enum.IsDefined(record.Kind));
                Assert.True(Enum.IsDefined(record.Level));
            }
        },
        times: 10_000);

    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("€")]
    [InlineData("😀")]
    public void Text_over_the_limit_is_cut_between_characters(string character)
    {
        // One more byte of request id at a time, so that the cut falls at every place inside a character.
        for (var shift = 0; shift < 5; shift++)
        {
            var text = string.Concat(Enumerable.Repeat(character, WireLimits.MaxLogRecord));
            var bytes = Write(new LogRecord(
                LogRecordKind.Error, LogLevelCode.Error, new string('i', shift), text));

            Assert.True(bytes.Length <= WireLimits.MaxLogRecord);
            Assert.True(bytes.Length > WireLimits.MaxLogRecord - 8);
            Assert.Equal(OperationStatus.Done, LogRecord.TryRead(bytes, out var read));
            Assert.StartsWith(read.Text, text, StringComparison.Ordinal);
            Assert.DoesNotContain("\uFFFD", read.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Text_that_just_fits_is_not_cut()
    {
        var text = string.Concat(Enumerable.Repeat("é", (WireLimits.MaxLogRecord - 4) / 2));
        var bytes = Write(new LogRecord(LogRecordKind.Error, LogLevelCode.Error, "", text));
        Assert.Equal(OperationStatus.Done, LogRecord.TryRead(bytes, out var read));
        Assert.Equal(text, read.Text);
        Assert.Equal(WireLimits.MaxLogRecord, bytes.Length);
    }

    [Fact]
    public void An_endless_request_id_is_cut()
    {
        var bytes = Write(new LogRecord(LogRecordKind.Error, LogLevelCode.Error, new string('x', 100_000), "text"));
        Assert.Equal(OperationStatus.Done, LogRecord.TryRead(bytes, out var read));
        Assert.Equal("text", read.Text);
        Assert.Equal(128, Encoding.UTF8.GetByteCount(read.RequestId));
    }

    private static byte[] Write(LogRecord record)
    {
        var buffer = new FrameBuffer(initialCapacity: 1);
        record.WriteTo(buffer);
        return buffer.Written.ToArray();
    }
}
