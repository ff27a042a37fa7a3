using System.Collections.Concurrent;
using System.Text;
using Addergate.Posix.Files;
using Addergate.Posix.Identity;
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

    [Fact]
    public void A_file_that_would_grow_too_large_is_moved_away_and_no_line_is_lost_or_torn()
    {
        var path = Path.Combine(_directory, "log");
        var sink = OpenRotating(path, 1000);
        for (var i = 0; i < 5000; i++)
        {
            sink.Write(Encoding.UTF8.GetBytes($"line {i}\n"));
        }

        sink.Close(TimeSpan.FromSeconds(30));
        Assert.Empty(_troubles);
        var files = Directory.GetFiles(_directory, "log.2*");
        Assert.NotEmpty(files);
        Assert.All(files, static file => Assert.Matches(@"/log\.2026-02-03-04_05_06(\.\d+)?$", file));
        Assert.Equal(
            Enumerable.Range(0, 5000).Select(i => $"line {i}").Order(),
            files.Append(path).SelectMany(File.ReadAllLines).Order());
    }

    [Fact]
    public void A_file_that_was_large_before_is_moved_away_at_the_first_line()
    {
        var path = Path.Combine(_directory, "log");
        File.WriteAllText(path, new string('x', 2000) + "\n");
        var sink = OpenRotating(path, 1000);
        sink.Write("new\n"u8.ToArray());
        sink.Close(TimeSpan.FromSeconds(30));
        Assert.Equal("new\n", File.ReadAllText(path));
        Assert.Equal(2001, new FileInfo(path + ".2026-02-03-04_05_06").Length);
    }

    [Fact]
    public void A_file_that_cannot_be_moved_away_goes_on_being_written_and_that_is_said_once()
    {
        var file = Path.Combine(_directory, "file");
        File.WriteAllText(file, new string('x', 2000) + "\n");
        var path = Path.Combine(_directory, "log");
        File.CreateSymbolicLink(path, file);
        var sink = OpenRotating(path, 1000);
        for (var i = 0; i < 10; i++)
        {
            // Too large for one batch.
            sink.Write(Encoding.UTF8.GetBytes(new string('y', 100_000) + "\n"));
        }

        sink.Close(TimeSpan.FromSeconds(30));
        Assert.Equal(
            $"cannot rotate the log file {path}, which grows on: it is a symbolic link", Assert.Single(_troubles));
        Assert.Equal(11, File.ReadAllLines(file).Length);
    }

    [Fact]
    public void Root_renames_no_file_where_a_link_of_somebody_elses_leads()
    {
        Assert.SkipUnless(CurrentIdentity.EffectiveUser == 0, "Only root can give files away.");
        var home = Directory.CreateDirectory(Path.Combine(_directory, "home")).FullName;
        var logs = Directory.CreateDirectory(Path.Combine(home, "logs")).FullName;
        var others = Directory.CreateDirectory(Path.Combine(_directory, "others")).FullName;
        File.WriteAllText(Path.Combine(others, "log"), "precious");
        Assert.True(Ownership.TryChange(home, 4711, 4711));
        var sink = OpenRotating(Path.Combine(logs, "log"), 1000);
        Directory.Move(logs, logs + ".away");
        File.CreateSymbolicLink(logs, others);
        sink.Write(Encoding.UTF8.GetBytes(new string('x', 900) + "\n"));
        sink.Write(Encoding.UTF8.GetBytes(new string('y', 100_000) + "\n"));
        sink.Close(TimeSpan.FromSeconds(30));
        Assert.StartsWith(
            $"cannot rotate the log file {logs}/log, which grows on: it is a link, or no file, and {home} belongs to user 4711",
            Assert.Single(_troubles),
            StringComparison.Ordinal);
        Assert.Equal(Path.Combine(others, "log"), Assert.Single(Directory.GetFiles(others)));
        Assert.Equal(2, File.ReadAllLines(Path.Combine(logs + ".away", "log")).Length);
    }

    [Fact]
    public void What_is_no_file_is_not_rotated()
    {
        var sink = OpenRotating("/dev/null", 1000);
        sink.Write(new byte[5000]);
        sink.Close(TimeSpan.FromSeconds(30));
        Assert.Empty(_troubles);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private LogSink OpenRotating(string path, long limit)
    {
        var time = new FixedTime(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero));
        return new("test", LogTarget.OpenFile(path, out _, new LogRotation(limit, time))!, _troubles.Enqueue);
    }

    private LogSink Open(string path, int capacity = LogSink.DefaultCapacity) =>
        new("test", LogTarget.OpenFile(path, out _)!, _troubles.Enqueue, capacity);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
