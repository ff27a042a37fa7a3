using System.Net;
using System.Text;
using Addergate.AspNetCore.AccessLog;
using Addergate.Settings.LogFormats;
using Addergate.Wire.Frames;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Edge.Tests.AccessLog;

public sealed class PatternLineFormatTests
{
    [Theory]
    [InlineData("100%%", "100%")]
    [InlineData("%a %h %A", "127.0.0.1 127.0.0.1 10.0.0.1")]
    [InlineData("%B %b", "5 5")]
    [InlineData("%D %T %{s}T %{ms}T %{us}T", "12345 0 0 12 12345")]
    [InlineData("%f", "/srv/app.py")]
    [InlineData("%H %m %U %q %r", "HTTP/1.1 GET /a ?b GET /a?b HTTP/1.1")]
    [InlineData("%k", "1")]
    [InlineData("%l %u", "- -")]
    [InlineData("%L", "id1")]
    [InlineData("%p %{canonical}p %{local}p %{remote}p", "8000 8000 8000 40000")]
    [InlineData("%s %>s %<s", "200 200 200")]
    [InlineData("%t", "[03/Feb/2026:02:05:06 +0000]")]
    [InlineData("%{%F %T}t|%{begin:%H:%M:%S}t|%{end:usec}t", "2026-02-03 02:05:06|02:05:06|1770084306801345")]
    [InlineData("%{sec}t.%{msec_frac}t.%{usec_frac}t %{msec}t", "1770084306.789.789000 1770084306789")]
    [InlineData("%v %V", "example.com localhost")]
    [InlineData("%X", "+")]
    [InlineData("%{X-In}i %{x-out}o %{sid}C %{SITE}e", "in out 42 main")]
    [InlineData("%{X-None}i %{none}C %{NONE}e %I %O %S", "- - - - - -")]
    [InlineData("%{queue}n", "0.001500")]
    [InlineData("%400,501{X-In}i %200{X-In}i %!200{X-In}i %!404{X-In}i", "- in - in")]
    [InlineData("\\\"%m\\\"\\t\\\\", "\"GET\"\t\\")]
    public void A_directive_says_what_it_does_in_apache(string format, string expected) =>
        Assert.Equal(expected + "\n", Line(format, Record(), Request()));

    [Fact]
    public void Process_ids_are_the_front_ends() =>
        Assert.Equal($"{Environment.ProcessId} {Environment.ProcessId}\n", Line("%P %{pid}P", Record(), Request()));

    [Fact]
    public void A_request_without_a_body_or_an_application_has_dashes()
    {
        var record = Record();
        record.BodyBytes = 0;
        record.RequestId = "";
        record.QueueTime = null;
        Assert.Equal("- 0 - - -\n", Line("%b %B %f %L %{queue}n", record, Request()));
    }

    [Theory]
    [InlineData("HTTP/1.1", "close", "-")]
    [InlineData("HTTP/1.0", "", "-")]
    [InlineData("HTTP/1.0", "keep-alive", "+")]
    [InlineData("HTTP/2", "", "+")]
    public void The_state_of_the_connection_is_told(string protocol, string connection, string expected)
    {
        var request = Request();
        request.Request.Protocol = protocol;
        request.Response.Headers.Connection = connection;
        Assert.Equal(expected + "\n", Line("%X", Record(), request));
    }

    [Fact]
    public void A_client_that_went_away_is_told()
    {
        var request = Request();
        request.Features.Set(new AccessRecord { Start = default, StartTimestamp = 0, IsClientGone = true });
        Assert.Equal("X\n", Line("%X", Record(), request));
    }

    [Theory]
    [InlineData("\"%{X-In}i\" %s", "a\" 200 \"\n\\", "\"a\\\" 200 \\\"\\x0a\\\\\" 200\n")]
    [InlineData("%{X-In}i %s", "a 200", "a\\x20200 200\n")]
    [InlineData("%{X-In}i|%s", "a|200", "a\\x7c200|200\n")]
    [InlineData("%s|%{X-In}i", "200|a", "200|200\\x7ca\n")]
    [InlineData("[%{X-In}i] %s", "a] 200", "[a\\x5d\\x20200] 200\n")]
    [InlineData("%{X-In}i\t%s", "a\t200", "a\\x09200\t200\n")]
    [InlineData("%{X-In}i", "\u001b[31m\u0085\u00e9", "\\x1b[31m\\x85\\xe9\n")]
    [InlineData("%{X-In}i", "\u2028\U0001f40dx", "\\xe2\\x80\\xa8\\xf0\\x9f\\x90\\x8dx\n")]
    public void Clients_text_can_forge_neither_line_nor_field(string format, string text, string expected)
    {
        var request = Request();
        request.Request.Headers["X-In"] = text;
        Assert.Equal(expected, Line(format, Record(), request));
    }

    [Fact]
    public void No_line_is_longer_than_was_promised()
    {
        var worst = new string('\u00ff', 100_000);
        var request = Request();
        request.Request.Headers["X-In"] = worst;
        var record = Record();
        record.Method = record.Target = record.Protocol = record.Host = worst;
        var format = string.Concat(Enumerable.Repeat("%{X-In}i %r %q %V ", 30)) + new string('x', 3000);
        Assert.InRange(Line(format, record, request).Length, 20_000, IAccessLineFormat.MaxLine);
    }

    private static AccessRecord Record()
    {
        var record = LineFormatTests.Record("", "");
        record.QueueTime = TimeSpan.FromMilliseconds(1.5);
        return record;
    }

    private static DefaultHttpContext Request()
    {
        var context = new DefaultHttpContext();
        context.Request.Protocol = "HTTP/1.1";
        context.Request.Path = "/a";
        context.Request.Headers["X-In"] = "in";
        context.Request.Headers.Cookie = "other=1; sid=42";
        context.Response.Headers["X-Out"] = "out";
        context.Connection.LocalIpAddress = IPAddress.Parse("10.0.0.1");
        context.Connection.LocalPort = 8000;
        context.Connection.RemotePort = 40000;
        context.TraceIdentifier = "0HN:00000002";
        return context;
    }

    private static string Line(string pattern, AccessRecord record, HttpContext context)
    {
        var items = AccessFormat.TryRead(pattern, out var problem);
        Assert.Null(problem);
        var facts = new ServerFacts
        {
            Name = "example.com",
            Script = "/srv/app.py",
            Variables = new Dictionary<string, string> { ["SITE"] = "main" },
        };
        var format = new PatternLineFormat(items!, facts);
        format.Capture(context.Features, record);
        var buffer = new FrameBuffer();
        format.Write(buffer, record);
        return Encoding.Latin1.GetString(buffer.WrittenSpan);
    }
}
