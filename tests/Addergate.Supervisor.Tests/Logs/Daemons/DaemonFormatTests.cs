using System.Buffers.Binary;
using System.Text;
using Addergate.Posix.Files;
using Addergate.Supervisor.Logs;
using Addergate.Supervisor.Logs.Daemons;

namespace Addergate.Supervisor.Tests.Logs.Daemons;

public sealed class DaemonFormatTests
{
    private static readonly DateTimeOffset Time = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);

    [Theory]
    [InlineData("critical", 26)]
    [InlineData("error", 27)]
    [InlineData("warn", 28)]
    [InlineData("notice", 29)]
    [InlineData("stderr", 29)]
    [InlineData("info", 30)]
    [InlineData("stdout", 30)]
    [InlineData("debug", 31)]
    public void Syslog_is_told_how_much_a_record_matters(string word, int priority)
    {
        var format = new SyslogErrorFormat(new SyslogHeader(3, "addergate"), new TextErrorFormat(colour: false));
        Assert.Equal(
            $"<{priority}>addergate[7]: 2026-02-03T04:05:06.789Z [{word}] [worker 1, pid 7] [id] text",
            Encoding.UTF8.GetString(format.Write(Time, word, "worker 1, pid 7", "id", "text")));
    }

    [Fact]
    public void In_syslog_a_record_stays_on_one_line_whatever_a_client_sent()
    {
        var format = new SyslogErrorFormat(new SyslogHeader(3, "t"), new TextErrorFormat(colour: false));
        Assert.Equal(
            $"<27>t[{Environment.ProcessId}]: 2026-02-03T04:05:06.789Z [error] [front end] a\\n    <0>kernel: b\\x0d\\x1b[2J",
            Encoding.UTF8.GetString(format.Write(Time, "error", "front end", "", "a\n<0>kernel: b\r\u001b[2J\n")));
    }

    [Fact]
    public void The_journal_gets_fields_and_a_value_can_forge_none()
    {
        var format = new JournalErrorFormat(3, "addergate", form: null);
        var fields = Read(format.Write(
            Time, "stderr", "worker 2, pid 4711", "id\nPRIORITY=0", "Traceback:\n  File \"x\"\nPRIORITY=0\n"));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["PRIORITY"] = "5",
                ["SYSLOG_FACILITY"] = "3",
                ["SYSLOG_IDENTIFIER"] = "addergate",
                ["ADDERGATE_LOG"] = "error",
                ["ADDERGATE_LEVEL"] = "stderr",
                ["ADDERGATE_SOURCE"] = "worker 2",
                ["ADDERGATE_PID"] = "4711",
                ["REQUEST_ID"] = "id\nPRIORITY=0",
                ["MESSAGE"] = "Traceback:\n  File \"x\"\nPRIORITY=0",
            },
            fields);
    }

    [Fact]
    public void A_chosen_form_is_that_of_the_message()
    {
        var fields = Read(new JournalErrorFormat(3, "t", new JsonErrorFormat()).Write(Time, "info", "supervisor", "", "hello"));
        Assert.StartsWith("{\"time\":\"2026-02-03T04:05:06.789000Z\",\"level\":\"info\"", fields["MESSAGE"], StringComparison.Ordinal);
        Assert.DoesNotContain("REQUEST_ID", fields.Keys);
    }

    [Fact]
    public void So_does_a_line_of_the_access_log()
    {
        var fields = Read(new JournalLines(16, "shop").Write("GET / 200"u8));
        Assert.Equal(("6", "16", "shop", "access", "GET / 200"), (
            fields["PRIORITY"], fields["SYSLOG_FACILITY"], fields["SYSLOG_IDENTIFIER"], fields["ADDERGATE_LOG"], fields["MESSAGE"]));
    }

    [Fact]
    public void On_a_stream_into_the_journal_each_line_says_how_much_it_matters() => Assert.Equal(
        "<3>2026-02-03T04:05:06.789Z [error] [supervisor] a\n<3>    b\n",
        Encoding.UTF8.GetString(
            new JournalPrefixFormat(new TextErrorFormat(colour: false)).Write(Time, "error", "supervisor", "", "a\nb")));

    [Fact]
    public void Whether_a_stream_leads_into_the_journal_is_told_by_its_inode()
    {
        using var file = File.OpenHandle(typeof(DaemonFormatTests).Assembly.Location);
        var descriptor = (int)file.DangerousGetHandle();
        Assert.True(FileIdentity.TryGet(descriptor, out var device, out var inode));
        Assert.True(JournalStream.Is(descriptor, $"{device}:{inode}"));
        Assert.False(JournalStream.Is(descriptor, $"{device}:{inode + 1}"));
        Assert.False(JournalStream.Is(descriptor, $"{device + 1}:{inode}"));
        Assert.False(JournalStream.Is(descriptor, null));
        Assert.False(JournalStream.Is(descriptor, "8"));
        Assert.False(JournalStream.Is(-1, $"{device}:{inode}"));
    }

    private static Dictionary<string, string> Read(ReadOnlySpan<byte> record)
    {
        var fields = new Dictionary<string, string>();
        while (!record.IsEmpty)
        {
            var end = record.IndexOf((byte)'\n');
            var line = Encoding.UTF8.GetString(record[..end]);
            record = record[(end + 1)..];
            if (line.IndexOf('=') is var equals and >= 0)
            {
                fields.Add(line[..equals], line[(equals + 1)..]);
                continue;
            }

            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(record);
            fields.Add(line, Encoding.UTF8.GetString(record.Slice(sizeof(long), length)));
            Assert.Equal((byte)'\n', record[sizeof(long) + length]);
            record = record[(sizeof(long) + length + 1)..];
        }

        return fields;
    }
}
