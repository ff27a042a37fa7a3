using System.Text;
using System.Text.Json;
using Addergate.Settings.LogFormats;
using Addergate.Supervisor.Logs;

namespace Addergate.Supervisor.Tests.Logs;

public sealed class ErrorFormatTests
{
    private static readonly DateTimeOffset Time = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.FromHours(2));

    [Theory]
    [InlineData("[%t] %M", "[Tue Feb 03 02:05:06 2026] no\n")]
    [InlineData("[%{u}t] %M", "[Tue Feb 03 02:05:06.789000 2026] no\n")]
    [InlineData("[%{cu}t] %M", "[2026-02-03 02:05:06.789000] no\n")]
    [InlineData("[%m:%l] [pid %P:tid %T] %M", "[worker 3:error] [pid 4711:tid 4711] no\n")]
    [InlineData("[pid %P] [%v] [request\\ %L] [client\\ %a] %M", "[pid 4711] [example.com] [request abc] no\n")]
    [InlineData("%l% [%a]% %M 100%%", "errorno 100%\n")]
    public void A_directive_says_what_it_does_in_apache(string format, string expected) =>
        Assert.Equal(expected, Line(format, "abc", "no"));

    [Fact]
    public void A_record_without_a_request_leaves_that_part_out() =>
        Assert.Equal("[error] no\n", Line("[%l] [request\\ %L] %M", "", "no\n"));

    [Fact]
    public void What_was_said_stays_one_record() => Assert.Equal(
        "[error] a\n    [error] b\\x1b\n", Line("[%l] %M", "", "a\n[error] b\u001b"));

    [Fact]
    public void Json_has_one_object_a_line()
    {
        const string Text = "a \"quoted\"\n{\"level\":\"x\"}\u001b\u2028";
        var line = Encoding.UTF8.GetString(new JsonErrorFormat().Write(Time, "stderr", "worker 3, pid 4711", "abc", Text));
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', line);
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        Assert.Equal("2026-02-03T02:05:06.789000Z", root.GetProperty("time").GetString());
        Assert.Equal("stderr", root.GetProperty("level").GetString());
        Assert.Equal("worker 3", root.GetProperty("source").GetString());
        Assert.Equal(4711, root.GetProperty("pid").GetInt32());
        Assert.Equal("abc", root.GetProperty("request_id").GetString());
        Assert.Equal(Text, root.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("%l", "has no %M, so that no record would say anything")]
    [InlineData("%F %M", "has %F, which is no directive of an error log here")]
    [InlineData("%{x}t %M", "has %{x}t, but of a time there are %t, %{u}t, %{c}t and %{cu}t")]
    [InlineData("%200l %M", "has %l with statuses, which a record has not")]
    public void A_mistake_names_the_directive(string format, string expected)
    {
        Assert.Null(ErrorFormat.TryRead(format, out var problem));
        Assert.Equal(expected, problem);
    }

    private static string Line(string format, string requestId, string text) => Encoding.UTF8.GetString(
        new PatternErrorFormat(ErrorFormat.TryRead(format, out _)!, "example.com")
            .Write(Time, "error", "worker 3, pid 4711", requestId, text));
}
