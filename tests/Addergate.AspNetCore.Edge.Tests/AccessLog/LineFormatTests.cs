using System.Net;
using System.Text;
using System.Text.Json;
using Addergate.AspNetCore.AccessLog;
using Addergate.Wire;
using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.Edge.Tests.AccessLog;

public sealed class LineFormatTests
{
    private static readonly DateTimeOffset Start = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.FromHours(2));

    [Fact]
    public void Common_is_apaches()
    {
        Assert.Equal(
            "127.0.0.1 - - [03/Feb/2026:02:05:06 +0000] \"GET /a?b HTTP/1.1\" 200 5\n",
            Line(new ApacheLineFormat(isCombined: false), Record("x", "y")));
    }

    [Fact]
    public void Combined_adds_referer_and_user_agent_and_a_dash_for_none()
    {
        Assert.EndsWith(
            "200 5 \"http://x/\" \"-\"\n",
            Line(new ApacheLineFormat(isCombined: true), Record("http://x/", "")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_and_addresses_that_are_not_there_are_dashes()
    {
        var record = Record("", "");
        record.BodyBytes = 0;
        record.RemoteAddress = null;
        var line = Line(new ApacheLineFormat(isCombined: false), record);
        Assert.StartsWith("- - - [", line, StringComparison.Ordinal);
        Assert.EndsWith(" 200 -\n", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapped_address_is_written_as_ipv4()
    {
        var record = Record("", "");
        record.RemoteAddress = IPAddress.Parse("::ffff:10.1.2.3");
        Assert.StartsWith("10.1.2.3 ", Line(new ApacheLineFormat(isCombined: false), record), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\"b", "a\\\"b")]
    [InlineData("a\\b", "a\\\\b")]
    [InlineData("a\" 200 1 \"\n1.2.3.4 - -", "a\\\" 200 1 \\\"\\x0a1.2.3.4 - -")]
    [InlineData("\r\t\0\u007f\u0085\u00e9", "\\x0d\\x09\\x00\\x7f\\x85\\xe9")]
    public void Clients_text_can_forge_neither_line_nor_field(string text, string escaped)
    {
        var line = Line(new ApacheLineFormat(isCombined: true), Record("-", text));
        Assert.EndsWith($" \"-\" \"{escaped}\"\n", line, StringComparison.Ordinal);
        Assert.Equal(1, line.Count(static c => c == '\n'));
    }

    [Fact]
    public void Json_gives_back_what_was_sent()
    {
        var record = Record("\"}\n{\"time\":\"\u0000\u00e9\u2028", "\\u0041\u001b[31m");
        record.IsCutOff = true;
        var line = Line(new JsonLineFormat(), record);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', line);
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        Assert.Equal(record.Referer, root.GetProperty("referer").GetString());
        Assert.Equal(record.UserAgent, root.GetProperty("user_agent").GetString());
        Assert.Equal("2026-02-03T02:05:06.789000Z", root.GetProperty("time").GetString());
        Assert.Equal("id1", root.GetProperty("request_id").GetString());
        Assert.Equal("127.0.0.1", root.GetProperty("remote_addr").GetString());
        Assert.Equal(200, root.GetProperty("status").GetInt32());
        Assert.Equal(5, root.GetProperty("bytes").GetInt64());
        Assert.Equal(0.012345, root.GetProperty("duration").GetDouble());
        Assert.True(root.GetProperty("cut_off").GetBoolean());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_line_is_longer_than_was_promised(bool isJson)
    {
        var worst = new string('\u00ff', 100_000);
        var record = Record(worst, worst);
        record.Method = worst;
        record.Target = worst;
        record.Host = worst;
        IAccessLineFormat format = isJson ? new JsonLineFormat() : new ApacheLineFormat(isCombined: true);
        var line = Line(format, record);
        Assert.InRange(line.Length, 1, IAccessLineFormat.MaxLine);
        Assert.InRange(IAccessLineFormat.MaxLine, 1, WireLimits.MaxLogRecord - 100);
    }

    internal static AccessRecord Record(string referer, string userAgent) => new()
    {
        Start = Start,
        StartTimestamp = 0,
        Duration = TimeSpan.FromMicroseconds(12345),
        RequestId = "id1",
        BodyBytes = 5,
        RemoteAddress = IPAddress.Loopback,
        Method = "GET",
        Target = "/a?b",
        Protocol = "HTTP/1.1",
        Host = "localhost:8000",
        Referer = referer,
        UserAgent = userAgent,
        Status = 200,
    };

    private static string Line(IAccessLineFormat format, AccessRecord record)
    {
        var buffer = new FrameBuffer();
        format.Write(buffer, record);
        return Encoding.Latin1.GetString(buffer.WrittenSpan);
    }
}
