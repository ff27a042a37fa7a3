using System.Collections.Concurrent;
using Addergate.AspNetCore.AccessLog;
using Addergate.Wire;
using Addergate.Wire.Logs;

namespace Addergate.AspNetCore.Edge.Tests.AccessLog;

public sealed class AccessLogWriterTests
{
    private readonly ConcurrentQueue<LogRecord> _sent = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _dropped;

    [Fact]
    public async Task A_line_is_sent_soon_without_being_asked_for()
    {
        using var log = Writer(static () => Task.CompletedTask);
        log.Add(LineFormatTests.Record("", ""));
        await _first.Task.WaitAsync(TimeSpan.FromSeconds(10));
        var record = Assert.Single(_sent);
        Assert.Equal(LogRecordKind.Access, record.Kind);
        Assert.EndsWith("200 5\n", record.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_lines_come_whole_and_in_order_in_few_datagrams()
    {
        using var log = Writer(static () => Task.CompletedTask);
        for (var number = 0; number < 5000; number++)
        {
            var record = LineFormatTests.Record("", "");
            record.Target = $"/{number}";
            log.Add(record);
        }

        await log.FlushAsync();
        var lines = string.Concat(_sent.Select(static record => record.Text)).TrimEnd('\n').Split('\n');
        Assert.Equal(5000, lines.Length);
        Assert.All(lines, static (line, number) =>
            Assert.Contains($"GET /{number} HTTP", line, StringComparison.Ordinal));
        Assert.InRange(_sent.Count, 5000 * 75 / WireLimits.MaxLogRecord, 100);
        Assert.Equal(0, _dropped);
    }

    [Fact]
    public async Task A_receiver_that_does_not_read_costs_lines_and_not_memory()
    {
        var released = new TaskCompletionSource();
        using var log = Writer(() => released.Task);
        for (var number = 0; number < 100_000; number++)
        {
            log.Add(LineFormatTests.Record("", ""));
        }

        released.SetResult();
        await log.FlushAsync();
        log.Add(LineFormatTests.Record("", ""));
        await log.FlushAsync();
        var lines = _sent.Sum(static record => record.Text.Count(static c => c == '\n'));
        Assert.InRange(lines, 30_000, 70_000);
        Assert.Equal(100_001, lines + _dropped);
    }

    private AccessLogWriter Writer(Func<Task> gate) => new(
        new ApacheLineFormat(isCombined: false),
        async datagram =>
        {
            await gate();
            LogRecord.TryRead(datagram.Span, out var record);
            _sent.Enqueue(record);
            _first.TrySetResult();
            return true;
        },
        count => Interlocked.Add(ref _dropped, count),
        TimeProvider.System);
}
