using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Files;

/// <summary>Files that the application has the server send.</summary>
public sealed class FileHandoverTests(FileHandoverSite site) : IClassFixture<FileHandoverSite>
{
    public static TheoryData<string> Ways => ["X-Accel-Redirect: /protected/", "X-Sendfile: {private}/", "Location: /protected/"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_file_is_sent_in_place_of_the_body(string way)
    {
        var reply = site.Made($"{way}report.txt");
        Assert.Equal(200, reply.Status);
        Assert.Equal("report", reply.Text);
        Assert.Equal("6", reply["Content-Length"]);
        Assert.Equal("text/plain; charset=utf-8", reply["Content-Type"]);
        Assert.Equal("bytes", reply["Accept-Ranges"]);
        Assert.Equal("private", reply["Cache-Control"]);
        Assert.Equal("Fri, 02 Jan 2026 03:04:05 GMT", reply["Last-Modified"]);
        Assert.NotNull(reply["ETag"]);
        Assert.Null(reply["X-Accel-Redirect"]);
        Assert.Null(reply["X-Sendfile"]);
        Assert.Null(reply["Location"]);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_the_application_says_of_its_answer_stays(string way)
    {
        var reply = site.Made(
            $"{way}report.txt|Content-Type: application/x-own|Content-Disposition: attachment; filename=\"r.txt\"|Set-Cookie: a=1"
            + "|Set-Cookie: b=2|Cache-Control: no-store|ETag: \"own\"|Content-Security-Policy: sandbox|Server: mine");
        Assert.Equal("report", reply.Text);
        Assert.Equal("application/x-own", reply["Content-Type"]);
        Assert.Equal("attachment; filename=\"r.txt\"", reply["Content-Disposition"]);
        Assert.Equal("a=1|b=2", reply["Set-Cookie"]);
        Assert.Equal("no-store", reply["Cache-Control"]);
        Assert.Equal("\"own\"", reply["ETag"]);
        Assert.Equal("sandbox", reply["Content-Security-Policy"]);
        Assert.Equal("mine", reply["Server"]);
    }

    [Fact]
    public void What_it_says_of_its_body_goes()
    {
        var reply = site.Made(
            "X-Sendfile: {private}/report.txt|Content-Length: 2000|Content-Encoding: gzip|Content-Range: bytes 0-1/9|Accept-Ranges: none");
        Assert.Equal("report", reply.Text);
        Assert.Null(reply["Content-Encoding"]);
        Assert.Null(reply["Content-Range"]);
        Assert.Equal("bytes", reply["Accept-Ranges"]);
    }

    [Fact]
    public void An_empty_type_is_told_from_the_name() =>
        Assert.Equal("text/html; charset=utf-8", site.Made("X-Sendfile: {private}/sub/page.html|Content-Type: ")["Content-Type"]);

    [Fact]
    public void Who_has_the_file_already_is_told_so()
    {
        const string Way = "X-Sendfile: {private}/report.txt";
        var tag = site.Made(Way)["ETag"];
        var reply = site.Made(Way + "|Set-Cookie: a=1", $"If-None-Match: {tag}\r\n");
        Assert.Equal(304, reply.Status);
        Assert.Equal("a=1", reply["Set-Cookie"]);
        Assert.Empty(reply.Body);
        Assert.Equal(304, site.Made(Way + "|ETag: \"own\"", "If-None-Match: \"own\"\r\n").Status);
        Assert.Equal(200, site.Made(Way + "|ETag: \"own\"", $"If-None-Match: {tag}\r\n").Status);
        Assert.Equal(412, site.Made(Way, "If-Match: \"other\"\r\n").Status);
    }

    [Theory]
    [InlineData("200 OK")]
    [InlineData("206 Partial Content")]
    public void Parts_are_cut_here(string status)
    {
        var reply = site.Made(
            "X-Sendfile: {private}/digits.bin|Content-Range: bytes 0-9/300000", "Range: bytes=100000-100009\r\n", status: status);
        Assert.Equal(206, reply.Status);
        Assert.Equal("bytes 100000-100009/300000", reply["Content-Range"]);
        Assert.Equal("000010000\n", reply.Text);
        Assert.Equal(416, site.Made("X-Sendfile: {private}/digits.bin", "Range: bytes=300000-\r\n").Status);
        Assert.Equal(StaticSite.Digits, site.Made("X-Sendfile: {private}/digits.bin", status: status).Body);
    }

    [Fact]
    public void HEAD_has_the_head_alone()
    {
        var reply = site.Made("X-Sendfile: {private}/digits.bin", method: "HEAD");
        Assert.Equal("300000", reply["Content-Length"]);
        Assert.Empty(reply.Body);
    }

    [Fact]
    public void Another_status_and_another_method_get_the_whole_file()
    {
        var refused = site.Made("X-Sendfile: {private}/report.txt", "Range: bytes=0-1\r\n", status: "403 Forbidden");
        Assert.Equal(403, refused.Status);
        Assert.Equal("report", refused.Text);
        var posted = site.Made("X-Sendfile: {private}/report.txt", "If-None-Match: *\r\nContent-Length: 0\r\n", method: "POST");
        Assert.Equal(200, posted.Status);
        Assert.Equal("report", posted.Text);
    }

    [Theory]
    [InlineData("X-Accel-Redirect: /protected/with%20space.txt?download=1")]
    [InlineData("X-Accel-Redirect: /protected/with space.txt")]
    [InlineData("X-Accel-Redirect: /protected/sub/../with%20space.txt")]
    [InlineData("X-Sendfile: {private}/with space.txt")]
    [InlineData("X-Sendfile: {private}/with%20space.txt")]
    [InlineData("X-Sendfile: {real}/with space.txt")]
    public void Names_may_be_spelled_so(string way) => Assert.Equal("spaced", site.Made(way).Text);

    [Theory]
    [InlineData("X-Accel-Redirect: /protected/%C3%BCn%C3%AF.txt")]
    [InlineData("X-Accel-Redirect: /protected/\u00c3\u00bcn\u00c3\u00af.txt")]
    [InlineData("X-Sendfile: {private}/\u00c3\u00bcn\u00c3\u00af.txt")]
    public void Bytes_are_UTF_8(string way) => Assert.Equal("umlauts", site.Made(way).Text);

    [Theory]
    [InlineData("X-Accel-Redirect: /protected/missing.txt", "cannot be opened (No such file or directory)")]
    [InlineData("X-Accel-Redirect: /protected/sub", "is no regular file")]
    [InlineData("X-Accel-Redirect: /protected/fifo", "is no regular file")]
    [InlineData("X-Accel-Redirect: /elsewhere/report.txt", "lies below no --private-root")]
    [InlineData("X-Accel-Redirect: http://test/protected/report.txt", "lies below no --private-root")]
    [InlineData("X-Sendfile: private/report.txt", "lies below no --private-root")]
    [InlineData("X-Sendfile: {private}/.hidden", "is no path of a file")]
    public void What_cannot_be_sent_is_not_there_and_the_log_says_why(string way, string why)
    {
        var reply = site.Made(way + "|Set-Cookie: a=1|Content-Disposition: attachment");
        Assert.Equal(404, reply.Status);
        Assert.Equal("404 Not Found\n", reply.Text);
        Assert.Null(reply["Content-Disposition"]);
        site.WaitForLog($"GET /made: the application handed over {site.Places(way)}, which {why}");
    }

    [Theory]
    [InlineData("Location: /elsewhere", "200 OK")]
    [InlineData("Location: //protected/report.txt", "200 OK")]
    [InlineData("Location: http://test/protected/report.txt", "200 OK")]
    [InlineData("Location: /protectedx/report.txt", "200 OK")]
    [InlineData("Location: /protected/report.txt", "302 Found")]
    [InlineData("Location: /protected/report.txt", "201 Created")]
    public void Other_locations_are_the_clients(string header, string status)
    {
        var reply = site.Made(header, status: status);
        Assert.Equal(header[10..], reply["Location"]);
        Assert.Equal(2000, reply.Body.Length);
    }

    [Theory]
    [InlineData("/protected/report.txt")]
    [InlineData("/protected/")]
    [InlineData("/private/report.txt")]
    public void Clients_get_nothing_there(string target) =>
        Assert.Equal("GET " + target, site.Get(target).Text);

    [Fact]
    public void A_failure_after_the_head_is_an_error()
    {
        var reply = site.Made("X-Sendfile: {private}/report.txt", more: "&fail=1");
        Assert.Equal(500, reply.Status);
        Assert.Equal("500 Internal Server Error\n", reply.Text);
    }

    [Fact]
    public void Without_a_private_root_nothing_is_interpreted()
    {
        using var server = site.Start();
        foreach (var (name, value) in ((string, string)[])[
            ("X-Accel-Redirect", "/protected/report.txt"), ("X-Sendfile", site.Places("{private}/report.txt")),
            ("Location", "/protected/report.txt")])
        {
            var reply = Servers.Get(server.Port, site.Target($"{name}: {value}"));
            Assert.Equal(2000, reply.Body.Length);
            Assert.Equal(value, reply[name]);
        }

        Assert.Equal(500, Servers.Get(server.Port, site.Target("X-Sendfile: /x|Content-Length: 3000")).Status);
    }

    [Fact]
    public void Flask_sends_files_so()
    {
        site.Write("shop.py", """
            from flask import Flask, send_file

            application = Flask(__name__)
            application.config["USE_X_SENDFILE"] = True

            @application.route("/invoice")
            def invoice():
                return send_file("private/digits.bin", mimetype="application/pdf", as_attachment=True, download_name="7.pdf")
            """);
        using var server = site.StartOther("shop.py", "--private-root", "/protected", "private");
        var reply = Servers.Get(server.Port, "/invoice");
        Assert.Equal(StaticSite.Digits, reply.Body);
        Assert.Equal("application/pdf", reply["Content-Type"]);
        Assert.Equal("attachment; filename=7.pdf", reply["Content-Disposition"]);
        Assert.Equal(304, Servers.Get(server.Port, "/invoice", $"If-None-Match: {reply["ETag"]}\r\n").Status);
        var part = Servers.Get(server.Port, "/invoice", "Range: bytes=10-19\r\n");
        Assert.Equal(206, part.Status);
        Assert.Equal("000000001\n", part.Text);
    }
}
