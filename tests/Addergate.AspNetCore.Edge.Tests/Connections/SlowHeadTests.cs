using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Addergate.AspNetCore.Connections;

namespace Addergate.AspNetCore.Edge.Tests.Connections;

/// <summary>The gate's reader with a clock that a test moves: heads that do not come to their end.</summary>
public sealed class SlowHeadTests
{
    private readonly Pipe _pipe = new();
    private readonly StillTime _time = new();
    private readonly List<Violation> _violations = [];
    private readonly GatePipeReader _reader;

    public SlowHeadTests()
    {
        var patience = new HeadPatience(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30), 500, TimeSpan.FromSeconds(60));
        _reader = new GatePipeReader(
            _pipe.Reader, new RequestFraming(10_000), _violations.Add, new HeadClock(patience, _time));
    }

    [Fact]
    public async Task A_head_that_takes_too_long_is_refused()
    {
        await SendAsync("GET / HTTP/1.1\r\nHost: a\r\nX: y");
        await ReadAsync();
        var read = _reader.ReadAsync();
        Look(15);
        Assert.False(read.IsCompleted);
        Look(1);
        // The line that is not whole gives way to one that the parser refuses, and nothing follows it.
        Assert.Equal("GET / HTTP/1.1\r\nHost: a\r\n\0\r\n\r\n", Text((await read).Buffer));
        Assert.Equal([Violation.SlowHead], _violations);
    }

    [Fact]
    public async Task Bytes_give_it_more_time()
    {
        await SendAsync("GET / HTTP/1.1\r\nX: ");
        await ReadAsync();
        for (var second = 1; second < 30; second++)
        {
            var read = _reader.ReadAsync();
            Look(1);
            Assert.False(read.IsCompleted);
            await SendAsync(new string('y', 300));
            LookThrough((await read).Buffer);
        }

        var last = _reader.ReadAsync();
        Look(2);
        await last;
        Assert.Equal([Violation.SlowHead], _violations);
    }

    [Fact]
    public async Task Time_in_which_the_parser_does_not_ask_does_not_count()
    {
        await SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTT");
        var first = (await _reader.ReadAsync()).Buffer;
        _reader.AdvanceTo(first.GetPosition(27));
        // The first request runs.
        Look(100);
        await ReadAsync();
        var read = _reader.ReadAsync();
        Look(1);
        Assert.False(read.IsCompleted);
        await SendAsync("P/1.1\r\nHost: a\r\n\r\n");
        Assert.False((await read).IsCanceled);
        Assert.Empty(_violations);
    }

    [Fact]
    public async Task A_connection_without_a_byte_is_idle_and_not_slow()
    {
        var read = _reader.ReadAsync();
        Look(1000);
        Assert.False(read.IsCompleted);
        await SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal(27, (await read).Buffer.Length);
    }

    private void Look(int seconds)
    {
        _time.Now += TimeSpan.FromSeconds(seconds);
        _reader.LookAtClock();
    }

    private async Task SendAsync(string text) => await _pipe.Writer.WriteAsync(Encoding.Latin1.GetBytes(text));

    private async Task ReadAsync() => LookThrough((await _reader.ReadAsync()).Buffer);

    // As a parser of lines does with what is no whole head.
    private void LookThrough(ReadOnlySequence<byte> buffer) => _reader.AdvanceTo(buffer.Start, buffer.End);

    private static string Text(ReadOnlySequence<byte> buffer) => Encoding.Latin1.GetString(buffer.ToArray());

    private sealed class StillTime : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromHours(3);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
