using System.Collections.Concurrent;
using System.Text;
using Addergate.Supervisor.Logs;

namespace Addergate.Supervisor.Tests.Logs;

public sealed class LogSinkTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("addergate-logs-").FullName;
    private readonly ConcurrentQueue<string> _troubles = new();

    [Fact]
    public void What_is_written_before_the_end_is_in_the_file()
    {
        var path = Path.Combine(_directory, "log");
        var sink = Open(path);
        for (var i = 0; i < 5000; i++)
        {
            sink.Write(Encoding.UTF8.GetBytes($"line {i}\n"));
        }

        sink.Close(TimeSpan.FromSeconds(30));
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"line {i}"), File.ReadAllLines(path));
        Assert.Empty(_troubles);
    }

    [Fact]
    public void A_file_that_was_moved_away_is_opened_again_when_asked()
    {
        var path = Path.Combine(_directory, "log");
        var sink = Open(path);
        sink.Write("old\n"u8.ToArray());
        File.Move(path, path + ".1");
        sink.Reopen();
        sink.Write("new\n"u8.ToArray());
        sink.Close(TimeSpan.FromSeconds(30));
        Assert.Equal("old\n", File.ReadAllText(path + ".1"));
        Assert.Equal("new\n", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("whole\ncut o", "whole\ncut o\nnew\nnewer\n")]
    [InlineData("whole\n", "whole\nnew\nnewer\n")]
    [InlineData("", "new\nnewer\n")]
    public void A_file_that_ends_within_a_line_is_gone_on_with_on_the_next(string before, string after)
    {
        var path = Path.Combine(_directory, "log");
        File.WriteAllText(path, before);
        var sink = Open(path);
        sink.Write("new\n"u8.ToArray());
        sink.Reopen();
        sink.Write("newer\n"u8.ToArray());
        sink.Close(TimeSpan.FromSeconds(30));
        Assert.Equal(after, File.ReadAllText(path));
    }

    [Fact]
    public void Too_much_at_once_is_dropped_and_counted()
    {
        var sink = Open(Path.Combine(_directory, "log"), capacity: 10);
        sink.Write(new byte[11]);
        sink.Write("kept\n"u8.ToArray());
        sink.Close(TimeSpan.FromSeconds(30));
        Assert.Equal("kept\n", File.ReadAllText(Path.Combine(_directory, "log")));
        Assert.StartsWith("1 records were dropped", Assert.Single(_troubles), StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_reported_once_and_does_not_stop_the_sink()
    {
        var sink = Open("/dev/full");
        for (var i = 0; i < 10; i++)
        {
            sink.Write(new byte[60_000]);
        }

        sink.Close(TimeSpan.FromSeconds(30));
        Assert.Equal("lines are lost: the log cannot be written: No space left on device", Assert.Single(_troubles));
    }

    [Fact]
    public void What_a_full_disk_cost_is_told_when_there_is_room_again()
    {
        var path = Path.Combine(_directory, "log");
        File.CreateSymbolicLink(path, "/dev/full");
        var sink = Open(path);
        sink.Write("one\ntwo\n"u8.ToArray());
        sink.Write("three\n"u8.ToArray());
        Assert.True(SpinWait.SpinUntil(() => !_troubles.IsEmpty, TimeSpan.FromSeconds(30)));

        File.Delete(path);
        sink.Reopen();
        sink.Write("four\n"u8.ToArray());
        sink.Close(TimeSpan.FromSeconds(30));
        Assert.Equal("four\n", File.ReadAllText(path));
        Assert.Equal("3 lines were lost while the log could not be written", _troubles.Last());
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_named_with_the_reason()
    {
        Assert.Null(LogTarget.OpenFile("/nonexistent/log", out var reason));
        Assert.Equal("cannot open the log file /nonexistent/log: No such file or directory", reason);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private LogSink Open(string path, int capacity = LogSink.DefaultCapacity) =>
        new("test", LogTarget.OpenFile(path, out _)!, _troubles.Enqueue, capacity);
}
