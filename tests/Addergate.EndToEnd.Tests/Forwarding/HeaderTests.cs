using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Forwarding;

/// <summary>What of the heads is passed on, what is not, and what is added.</summary>
public sealed class HeaderTests(ForwardingSite site) : IClassFixture<ForwardingSite>
{
    [Fact]
    public void The_target_is_told_who_asks_and_for_what()
    {
        var (request, _) = site.Exchange("/api/x", host: "site.example:8080");
        Assert.Equal(site.Target.Authority, request["Host"]);
        Assert.Equal("127.0.0.1", request["X-Forwarded-For"]);
        Assert.Equal("site.example:8080", request["X-Forwarded-Host"]);
        Assert.Equal("8080", request["X-Forwarded-Port"]);
        Assert.Equal("http", request["X-Forwarded-Proto"]);
        Assert.Equal("site.example", request["X-Forwarded-Server"]);
        Assert.Equal("/api", request["X-Forwarded-Prefix"]);
        Assert.Null(request["X-Forwarded-Scheme"]);
    }

    [Fact]
    public void What_a_client_says_of_itself_as_if_it_were_a_proxy_is_left_out()
    {
        string[] names =
        [
            "X-Forwarded-For", "X-Client-IP", "X-Real-IP", "X-Forwarded-Host", "X-Host", "X-Forwarded-Server",
            "X-Forwarded-Port", "X-Script-Name", "X-Forwarded-Script-Name", "X-Forwarded-Prefix", "X-Forwarded-Proto",
            "X-Forwarded-Scheme", "X-Scheme", "X-Forwarded-HTTPS", "X-Forwarded-SSL", "X-HTTPS", "Forwarded", "Proxy",
            "X_Forwarded_For", "x-forwarded-for",
        ];
        var (request, _) = site.Exchange(
            "/api/x", string.Concat(names.Select(static name => $"{name}: forged\r\n")) + "X-Kept: yes\r\n");
        Assert.DoesNotContain(request.Headers, static header => header.Value.Contains("forged", StringComparison.Ordinal));
        Assert.Equal("yes", request["X-Kept"]);
    }

    [Fact]
    public void Headers_of_the_connection_end_with_it_in_both_directions()
    {
        const string Headers =
            "Connection: X-Named, te\r\nX-Named: 1\r\nKeep-Alive: 5\r\nProxy-Connection: x\r\nTE: gzip\r\n"
            + "Proxy-Authorization: Basic eDp5\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nTrailer: X\r\n";
        var (request, response) = site.Exchange(
            "/api/x",
            Headers + "Authorization: Basic YTpi\r\nCookie: a=b\r\nCookie: c=d\r\nAccept: a\r\nAccept: b\r\nX-Latin: \u00e9\r\n",
            answer: ForwardingSite.Answer(
                "X-Named: 1\r\nKeep-Alive: 5\r\nProxy-Connection: x\r\nUpgrade: h2c\r\nConnection: X-Named\r\n"
                + "Server: inner\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2; Path=/\r\nX-Latin: \u00e9\r\nDate: Mon, 01 Jan 2024 00:00:00 GMT\r\n"));
        foreach (var name in (string[])
            ["Connection", "X-Named", "Keep-Alive", "Proxy-Connection", "TE", "Proxy-Authorization", "Upgrade",
                "HTTP2-Settings", "Trailer", "Transfer-Encoding"])
        {
            Assert.Null(request[name]);
            Assert.Null(response[name]);
        }

        Assert.Equal("Basic YTpi", request["Authorization"]);
        Assert.Equal("a=b; c=d", request["Cookie"]);
        Assert.Equal("a, b", request["Accept"]);
        Assert.Equal("\u00e9", request["X-Latin"]);
        Assert.Equal("inner", response["Server"]);
        Assert.Equal("a=1|b=2; Path=/", response["Set-Cookie"]);
        Assert.Equal("\u00e9", response["X-Latin"]);
        Assert.Equal("Mon, 01 Jan 2024 00:00:00 GMT", response["Date"]);
    }

    [Fact]
    public void A_trusted_proxys_word_is_continued()
    {
        using var target = new FakeTarget();
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--proxy-mount-point", "/api", target.Url, "--trust-proxy", "127.0.0.1",
            "--trust-proxy-header", "X-Forwarded-For", "--trust-proxy-header", "X-Forwarded-Proto",
            "--trust-proxy-header", "X-Forwarded-Host", "--trust-proxy-header", "X-Forwarded-Prefix"));
        using var client = new Conversation(server.Port);
        client.Send(
            "GET /api/x HTTP/1.1\r\nHost: inner\r\nX-Forwarded-For: 6.6.6.6, 192.0.2.7\r\nX-Forwarded-Proto: https\r\n"
            + "X-Forwarded-Host: site.example\r\nX-Forwarded-Prefix: /outer\r\nX-Real-IP: 9.9.9.9\r\n\r\n");
        var request = target.Answer(ForwardingSite.Answer($"Location: {target.Url}/y\r\n"));
        Assert.Equal("192.0.2.7, 127.0.0.1", request["X-Forwarded-For"]);
        Assert.Equal("https", request["X-Forwarded-Proto"]);
        Assert.Equal("https", request["X-Forwarded-Scheme"]);
        Assert.Equal("site.example", request["X-Forwarded-Host"]);
        Assert.Equal("443", request["X-Forwarded-Port"]);
        Assert.Equal("/outer/api", request["X-Forwarded-Prefix"]);
        Assert.Null(request["X-Real-IP"]);
        Assert.Equal("https://site.example/outer/api/y", client.Receive()["Location"]);
        client.Send("GET /api HTTP/1.1\r\nHost: inner\r\nX-Forwarded-Prefix: /outer\r\n\r\n");
        Assert.Equal("/outer/api/", client.Receive()["Location"]);
    }

    [Theory]
    [InlineData("TARGET/app/x?y=z#f", "http://site.example/api/x?y=z#f")]
    [InlineData("TARGET/app/", "http://site.example/api/")]
    [InlineData("TARGET/other", "TARGET/other")]
    [InlineData("TARGET", "TARGET")]
    [InlineData("/app/x", "/app/x")]
    [InlineData("https://elsewhere.example/app/", "https://elsewhere.example/app/")]
    public void A_URL_of_the_targets_own_becomes_one_that_clients_know(string said, string got)
    {
        said = said.Replace("TARGET", site.Target.Url, StringComparison.Ordinal);
        got = got.Replace("TARGET", site.Target.Url, StringComparison.Ordinal);
        var (_, response) = site.Exchange(
            "/api/x", answer: ForwardingSite.Answer($"Location: {said}\r\nContent-Location: {said}\r\nX-Other: {said}\r\n", status: "302 Found"));
        Assert.Equal((got, got, said), (response["Location"], response["Content-Location"], response["X-Other"]));
    }

    [Theory]
    [InlineData("a=b; Path=/app/x; HttpOnly", "a=b; Path=/api/x; HttpOnly")]
    [InlineData("a=b; path=/app", "a=b; Path=/api")]
    [InlineData("a=/app/; Path=/; Secure", "a=/app/; Path=/; Secure")]
    [InlineData("a=b;Domain=.127.0.0.1;SameSite=Lax", "a=b; Domain=site.example;SameSite=Lax")]
    [InlineData("a=b; Domain=example", "a=b; Domain=example")]
    public void A_cookie_that_clients_could_not_send_back_is_changed(string said, string got)
    {
        var (_, response) = site.Exchange("/api/x", answer: ForwardingSite.Answer($"Set-Cookie: {said}\r\n"));
        Assert.Equal(got, response["Set-Cookie"]);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nok\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 099 Too Low\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Unfinished")]
    [InlineData("")]
    public void What_is_no_answer_is_502(string answer)
    {
        var (_, response) = site.Exchange("/api/x", answer: answer);
        Assert.Equal((502, "502 Bad Gateway\n"), (response.Status, response.Text));
    }

    [Theory]
    [InlineData("Fine \u0001 by me")]
    [InlineData("Tr\u00e8s bien")]
    public void A_reason_that_no_status_line_may_have_is_left_out(string reason)
    {
        var (_, response) = site.Exchange("/api/x", answer: ForwardingSite.Answer(status: $"200 {reason}"));
        Assert.Equal("HTTP/1.1 200 OK", response.StatusLine);
    }

    [Fact]
    public void A_transfer_coding_counts_before_a_length()
    {
        var (_, response) = site.Exchange(
            "/api/x",
            answer: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        Assert.Equal(("abc", "chunked"), (response.Text, response["Transfer-Encoding"]));
    }

    [Theory]
    [InlineData("GET", "304 Not Modified", "ETag: \"a\"\r\nContent-Length: 9\r\n", "")]
    [InlineData("GET", "204 No Content", "", "")]
    [InlineData("HEAD", "200 OK", "Content-Length: 12\r\n", "")]
    [InlineData("GET", "299 Own Reason", "Content-Length: 2\r\n", "ok")]
    [InlineData("DELETE", "404 Not Found", "Content-Length: 0\r\n", "")]
    public void Answers_of_every_kind_come_through(string method, string status, string headers, string body)
    {
        var (request, response) = site.Exchange(
            "/api/x", "Content-Type: text/a\r\n", method: method,
            answer: $"HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n{body}");
        Assert.Equal($"{method} /app/x HTTP/1.1", request.StatusLine);
        Assert.Equal("text/a", request["Content-Type"]);
        Assert.Equal(("HTTP/1.1 " + status, body), (response.StatusLine, response.Text));
        if (headers.Contains("Length: 12", StringComparison.Ordinal))
        {
            Assert.Equal("12", response["Content-Length"]);
        }
    }
}
