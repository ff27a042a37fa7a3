using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.ErrorPages;

public sealed class ErrorPageTests(ErrorPageSite site) : IClassFixture<ErrorPageSite>
{
    [Fact]
    public void A_file_is_shown_for_what_is_not_there_whatever_the_request_was()
    {
        foreach (var (method, headers) in ((string, string)[])[
            ("GET", ""), ("POST", "Content-Length: 0\r\n"), ("GET", "If-None-Match: *\r\n"), ("GET", "Range: bytes=0-1\r\n")])
        {
            var reply = Servers.Get(site.Plain.Port, "/static/missing", headers, method);
            Assert.Equal(404, reply.Status);
            Assert.Equal("<h1>Not here</h1>", reply.Text);
            Assert.Equal("text/html; charset=utf-8", reply["Content-Type"]);
            Assert.Null(reply["ETag"]);
            Assert.Null(reply["Accept-Ranges"]);
        }
    }

    [Fact]
    public void HEAD_gets_its_length_alone()
    {
        var reply = Servers.Get(site.Plain.Port, "/static/missing", method: "HEAD");
        Assert.Equal(404, reply.Status);
        Assert.Equal("17", reply["Content-Length"]);
        Assert.Empty(reply.Body);
    }

    [Fact]
    public void A_url_of_a_file_is_shown_even_where_the_request_was_refused_at_once()
    {
        using var conversation = new Conversation(site.Plain.Port);
        var reply = conversation
            .Send("POST /x HTTP/1.1\r\nHost: test\r\nContent-Length: 1001\r\n\r\n").Receive();
        Assert.Equal(413, reply.Status);
        Assert.Equal("<h1>Too much</h1>", reply.Text);
        Assert.Equal("close", reply["Connection"]);
    }

    [Fact]
    public void For_a_name_that_is_not_answered_too()
    {
        using var conversation = new Conversation(site.Plain.Port);
        var reply = conversation.Send("GET / HTTP/1.1\r\nHost: other\r\n\r\n").Receive();
        Assert.Equal(421, reply.Status);
        Assert.Equal("<h1>Not here</h1>", reply.Text);
    }

    [Fact]
    public void And_for_an_error_without_a_word()
    {
        var reply = Servers.Get(site.Plain.Port, "/", "Expect: miracles\r\n");
        Assert.Equal(417, reply.Status);
        Assert.Equal("<h1>Not here</h1>", reply.Text);
    }

    [Fact]
    public void A_file_of_a_private_root_is_shown_when_a_worker_dies()
    {
        var reply = Servers.Get(site.Plain.Port, "/crash");
        Assert.Equal(502, reply.Status);
        Assert.Equal("<h1>Broken</h1>", reply.Text);
    }

    [Fact]
    public void The_application_can_make_the_page_and_is_told_what_for()
    {
        using var conversation = new Conversation(site.Plain.Port);
        for (var round = 0; round < 2; round++)
        {
            var reply = conversation
                .Send("POST /raise?q=1 HTTP/1.1\r\nHost: test\r\nCookie: a=1\r\nIf-None-Match: *\r\nContent-Length: 4\r\n\r\nbody")
                .Receive();
            Assert.Equal("HTTP/1.1 500 Internal Server Error", reply.StatusLine);
            Assert.Equal("text/x-page", reply["Content-Type"]);
            Assert.Equal("application", reply["X-From"]);
            Assert.Equal("Addergate", reply["Server"]);
            Assert.Equal(
                "REQUEST_METHOD=GET\nPATH_INFO=/oops\nQUERY_STRING=by=server\nREQUEST_URI=/oops?by=server\nREDIRECT_STATUS=500\n"
                + "REDIRECT_URL=/raise\nCONTENT_LENGTH=None\nHTTP_IF_NONE_MATCH=None\nHTTP_COOKIE=a=1\n",
                reply.Text);
        }

        Assert.Empty(Servers.Get(site.Plain.Port, "/raise", method: "HEAD").Body);
        // An ordinary request is no page.
        Assert.Contains("REDIRECT_STATUS=None", Servers.Get(site.Plain.Port, "/oops").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_has_the_request_that_was_made_with_its_status_and_id()
    {
        Servers.Get(site.Plain.Port, "/raise?logged");
        Until.True(
            () => site.Plain.Output.Contains("\"GET /raise?logged HTTP/1.1\" 500 ", StringComparison.Ordinal), "the access log");
        Assert.DoesNotContain("/oops?by", site.Plain.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_applications_own_errors_stay_its_own()
    {
        var reply = Made(site.Plain, "404 Not Found", "Content-Type: text/plain");
        Assert.Equal("own words", reply.Text);
        Assert.Equal(404, reply.Status);
    }

    [Fact]
    public void Unless_they_are_to_give_way()
    {
        var reply = Made(
            site.Overriding, "404 Nothing",
            "Content-Type: application/json|Content-Length: 9|ETag: \"a\"|Content-Encoding: gzip|Set-Cookie: a=1"
            + "|Access-Control-Allow-Origin: *|Cache-Control: no-store");
        Assert.Equal(404, reply.Status);
        Assert.Equal("<h1>Not here</h1>", reply.Text);
        Assert.Equal("text/html; charset=utf-8", reply["Content-Type"]);
        Assert.Null(reply["ETag"]);
        Assert.Null(reply["Content-Encoding"]);
        Assert.Equal("a=1", reply["Set-Cookie"]);
        Assert.Equal("*", reply["Access-Control-Allow-Origin"]);
        Assert.Equal("no-store", reply["Cache-Control"]);
    }

    [Theory]
    [InlineData("403 Forbidden")]
    [InlineData("200 OK")]
    [InlineData("301 Moved Permanently")]
    public void What_has_no_page_is_the_applications_even_then(string status) =>
        Assert.Equal("own words", Made(site.Overriding, status, "").Text);

    [Theory]
    [InlineData("409 Conflict", "409 Conflict\n", "/bad-page is answered with 500")]
    [InlineData("411 Length Required", "411 Length Required\n", "/moved-page is answered with 302")]
    [InlineData("410 Gone", "410 Gone\n", "gone.html cannot be opened (No such file or directory)")]
    [InlineData("405 Method Not Allowed", "405 Method Not Allowed\n", "/static/missing.html cannot be opened (No such file or directory)")]
    public void A_page_that_fails_is_a_line_of_text_and_never_a_loop(string status, string text, string problem)
    {
        var reply = Made(site.Overriding, status, "Retry-After: 7|Set-Cookie: a=1");
        Assert.Equal(int.Parse(status.AsSpan(0, 3), provider: null), reply.Status);
        Assert.Equal(text, reply.Text);
        Assert.Equal("text/plain; charset=utf-8", reply["Content-Type"]);
        Assert.Equal("7", reply["Retry-After"]);
        Assert.Equal("a=1", reply["Set-Cookie"]);
        site.Overriding.WaitForLog(problem);
    }

    [Fact]
    public void Another_site_is_where_clients_are_sent()
    {
        var reply = Made(site.Overriding, "451 Unavailable For Legal Reasons", "");
        Assert.Equal(302, reply.Status);
        Assert.Equal("https://elsewhere.example/law", reply["Location"]);
        Assert.Empty(reply.Body);
    }

    [Fact]
    public void What_says_which_methods_there_are_stays()
    {
        var reply = Servers.Get(site.Plain.Port, "/static/private.txt", "Content-Length: 0\r\n", "POST");
        Assert.Equal(405, reply.Status);
        Assert.Equal("GET, HEAD", reply["Allow"]);
        Assert.Equal("405 Method Not Allowed\n", reply.Text);
    }

    private static Reply Made(ServerProcess server, string status, string headers) => Servers.Get(
        server.Port, $"/made?status={Uri.EscapeDataString(status)}&headers={Uri.EscapeDataString(headers)}");
}
