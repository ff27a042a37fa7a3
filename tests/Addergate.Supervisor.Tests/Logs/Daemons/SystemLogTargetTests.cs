using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Addergate.Posix.Memory;
using Addergate.Posix.Sockets;
using Addergate.Supervisor.Logs;
using Addergate.Supervisor.Logs.Daemons;

namespace Addergate.Supervisor.Tests.Logs.Daemons;

public sealed class SystemLogTargetTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _directory = Directory.CreateTempSubdirectory("ag-log-").FullName;
    private readonly ConcurrentQueue<string> _troubles = new();

    private string Path => System.IO.Path.Combine(_directory, "log");

    [Fact]
    public void Each_record_is_a_datagram()
    {
        using var daemon = new FakeDaemon(Path);
        var sink = Open(lines: null);
        sink.Write("one"u8.ToArray());
        sink.Write("two\nlines"u8.ToArray());
        Assert.Equal("one", daemon.Receive());
        Assert.Equal("two\nlines", daemon.Receive());
        sink.Close(Patience);
        Assert.Empty(_troubles);
    }

    [Fact]
    public void Each_line_of_an_access_log_is_one()
    {
        using var daemon = new FakeDaemon(Path);
        var sink = Open(new SyslogLines(new SyslogHeader(16, "shop")));
        sink.Write("GET /a\nGET /b\n"u8.ToArray());
        sink.Write("GET /c\n"u8.ToArray());
        Assert.All("abc", name => Assert.Equal($"<134>shop[{Environment.ProcessId}]: GET /{name}", daemon.Receive()));
        sink.Close(Patience);
    }

    [Fact]
    public void A_daemon_that_is_not_there_costs_records_which_are_counted_when_it_comes()
    {
        var sink = Open(new SyslogLines(new SyslogHeader(3, "t")));
        sink.Write("lost\nlost too\n"u8.ToArray());
        Assert.True(SpinWait.SpinUntil(() => !_troubles.IsEmpty, Patience));
        Assert.StartsWith($"lines are lost: the log cannot be written: nobody receives at {Path}", _troubles.First(), StringComparison.Ordinal);
        using var daemon = new FakeDaemon(Path);
        sink.Write("kept\n"u8.ToArray());
        Assert.EndsWith(": kept", daemon.Receive(), StringComparison.Ordinal);
        sink.Close(Patience);
        Assert.Equal("2 lines were lost while the log could not be written", _troubles.Last());
        Assert.Equal(2, _troubles.Count);
    }

    [Fact]
    public void One_that_was_restarted_is_found_again_without_a_loss()
    {
        var sink = Open(lines: null);
        for (var round = 0; round < 3; round++)
        {
            using var daemon = new FakeDaemon(Path);
            sink.Write(Encoding.ASCII.GetBytes($"round {round}"));
            Assert.Equal($"round {round}", daemon.Receive());
        }

        sink.Close(Patience);
        Assert.Empty(_troubles);
    }

    [Fact]
    public void One_that_takes_nothing_holds_nobody_up_for_long()
    {
        using var daemon = new FakeDaemon(Path);
        var sink = Open(lines: null);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 5000; i++)
        {
            sink.Write(new byte[100]);
        }

        // The first that does not fit waits a second, the others not at all: else it would be more than an hour.
        sink.Close(Patience);
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"it took {watch.Elapsed}");
        Assert.Equal($"lines are lost: the log cannot be written: {Path} takes nothing more", Assert.Single(_troubles));
    }

    [Fact]
    public void A_record_that_is_too_large_for_a_datagram_goes_to_the_journal_as_a_sealed_file()
    {
        using var daemon = new FakeDaemon(Path);
        using var target = new SystemLogTarget(Path, lines: null, takesFiles: true);
        var record = new byte[3 << 20];
        Random.Shared.NextBytes(record);
        ReadOnlySpan<byte> rest = record;
        Assert.Null(target.Write(ref rest));
        Assert.True(rest.IsEmpty);
        Assert.Equal(0, DescriptorReceive.TryReceive(daemon.Socket.SafeHandle, new byte[1], out var file));
        using (file)
        {
            Assert.True(FileSeals.IsSizeFixed(file!));
            var read = new byte[record.Length + 1];
            Assert.Equal(record.Length, RandomAccess.Read(file!, read, 0));
            Assert.Equal(record, read[..record.Length]);
        }
    }

    [Fact]
    public void Syslog_gets_its_beginning()
    {
        using var daemon = new FakeDaemon(Path);
        using var target = new SystemLogTarget(Path, lines: null, takesFiles: false);
        ReadOnlySpan<byte> rest = Encoding.ASCII.GetBytes(new string('x', 3 << 20));
        Assert.Null(target.Write(ref rest));
        Assert.Equal(new string('x', 8192), daemon.Receive());
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private LogSink Open(ILineForm? lines) =>
        new("test", new SystemLogTarget(Path, lines, takesFiles: false), _troubles.Enqueue);
}
