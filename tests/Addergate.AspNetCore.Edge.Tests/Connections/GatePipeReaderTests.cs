using System.Buffers;
using System.IO.Pipelines;
using Addergate.AspNetCore.Connections;

namespace Addergate.AspNetCore.Edge.Tests.Connections;

public sealed class GatePipeReaderTests
{
    [Theory]
    [MemberData(nameof(Messages.GoodNumbers), MemberType = typeof(Messages))]
    public async Task Whole_requests_come_through_unchanged_however_they_are_cut(int number)
    {
        var bytes = Messages.Bytes(Messages.Good[number]);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(bytes, await PassAsync([bytes[..cut], bytes[cut..]], consumeAll: cut % 2 == 0));
        }

        Assert.Equal(bytes, await PassAsync([.. bytes.Select(static value => new[] { value })], consumeAll: true));
    }

    [Theory]
    [MemberData(nameof(Messages.BadNumbers), MemberType = typeof(Messages))]
    public async Task A_bad_line_is_replaced_and_nothing_follows(int number)
    {
        var (_, before, rest) = Messages.Bad[number];
        byte[] expected = [.. Messages.Bytes(before), .. "\0\r\n\r\n"u8];
        var bytes = Messages.Bytes(before + rest);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            // A parser of lines: it consumes nothing of a line before the line is whole.
            Assert.Equal(expected, await PassAsync([bytes[..cut], bytes[cut..]], consumeAll: false));
        }
    }

    [Fact]
    public async Task The_end_is_told_only_when_every_byte_was_examined()
    {
        var pipe = new Pipe();
        var reader = new GatePipeReader(pipe.Reader, new RequestFraming(1000), _ => { });
        await pipe.Writer.WriteAsync(Messages.Bytes("GET / HTTP/1.0\r\n\r\n"));
        await pipe.Writer.CompleteAsync();

        var first = await reader.ReadAsync();
        Assert.False(first.IsCompleted);
        reader.AdvanceTo(first.Buffer.GetPosition(5));
        var second = await reader.ReadAsync();
        Assert.False(second.IsCompleted);
        Assert.Equal(13, second.Buffer.Length);
        reader.AdvanceTo(second.Buffer.End);
        var last = await reader.ReadAsync();
        Assert.True(last.IsCompleted);
        Assert.True(last.Buffer.IsEmpty);
    }

    [Fact]
    public async Task A_held_piece_of_a_chunk_line_does_not_spin_and_comes_when_whole()
    {
        var pipe = new Pipe();
        var reader = new GatePipeReader(pipe.Reader, new RequestFraming(1000), _ => { });
        var head = Messages.Bytes("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        await pipe.Writer.WriteAsync(head);
        var read = await reader.ReadAsync();
        reader.AdvanceTo(read.Buffer.End);

        var pending = reader.ReadAsync().AsTask();
        await pipe.Writer.WriteAsync(Messages.Bytes("5\r"));
        Assert.False(pending.IsCompleted);
        await pipe.Writer.WriteAsync(Messages.Bytes("\nab"));
        read = await pending.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(Messages.Bytes("5\r\nab"), read.Buffer.ToArray());
    }

    [Fact]
    public async Task A_cancelled_read_returns_also_while_a_piece_is_held()
    {
        var pipe = new Pipe();
        var reader = new GatePipeReader(pipe.Reader, new RequestFraming(1000), _ => { });
        await pipe.Writer.WriteAsync(
            Messages.Bytes("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5"));
        var read = await reader.ReadAsync();
        reader.AdvanceTo(read.Buffer.End);
        var pending = reader.ReadAsync().AsTask();
        reader.CancelPendingRead();
        read = await pending.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(read.IsCanceled);
    }

    /// <summary>What a parser behind the gate consumed in all.</summary>
    private static async Task<byte[]> PassAsync(byte[][] pieces, bool consumeAll)
    {
        var pipe = new Pipe(new PipeOptions(minimumSegmentSize: 16, useSynchronizationContext: false));
        var reader = new GatePipeReader(pipe.Reader, new RequestFraming(100_000), _ => { });
        var passed = new List<byte>();
        var parser = Task.Run(async () =>
        {
            while (true)
            {
                var read = await reader.ReadAsync();
                var buffer = read.Buffer;
                var consumed = consumeAll || read.IsCompleted ? buffer.End : EndOfLines(buffer);
                passed.AddRange(buffer.Slice(0, consumed).ToArray());
                reader.AdvanceTo(consumed, buffer.End);
                if (read.IsCompleted)
                {
                    await reader.CompleteAsync();
                    return;
                }
            }
        });
        foreach (var piece in pieces)
        {
            await pipe.Writer.WriteAsync(piece);
            await Task.Yield();
        }

        await pipe.Writer.CompleteAsync();
        await parser.WaitAsync(TimeSpan.FromSeconds(20));
        return [.. passed];
    }

    private static SequencePosition EndOfLines(ReadOnlySequence<byte> buffer)
    {
        var bytes = buffer.ToArray();
        return buffer.GetPosition(bytes.AsSpan().LastIndexOf((byte)'\n') + 1);
    }
}
