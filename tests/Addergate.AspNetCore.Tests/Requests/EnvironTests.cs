using Addergate.AspNetCore.Tests.Fakes;

namespace Addergate.AspNetCore.Tests.Requests;

public sealed class EnvironTests
{
    [Fact]
    public async Task A_plain_request_has_the_keys_of_PEP_3333()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var request = await AskAsync(
            frontEnd, "GET /a%20b/%2Fc%C3%A9?x=%20&y HTTP/1.1\r\nHost: example.org:81\r\nUser-Agent: me\r\n\r\n");
        Assert.Equal("GET", request["REQUEST_METHOD"]);
        Assert.Equal("", request["SCRIPT_NAME"]);
        Assert.Equal("/a b//c\u00C3\u00A9", request["PATH_INFO"]);
        Assert.Equal("x=%20&y", request["QUERY_STRING"]);
        Assert.Equal("/a%20b/%2Fc%C3%A9?x=%20&y", request["REQUEST_URI"]);
        Assert.Equal("/a%20b/%2Fc%C3%A9?x=%20&y", request["RAW_URI"]);
        Assert.Equal("HTTP/1.1", request["SERVER_PROTOCOL"]);
        Assert.Equal("example.org", request["SERVER_NAME"]);
        Assert.Equal("81", request["SERVER_PORT"]);
        Assert.Equal("127.0.0.1", request["SERVER_ADDR"]);
        Assert.Equal("127.0.0.1", request["REMOTE_ADDR"]);
        Assert.InRange(int.Parse(request["REMOTE_PORT"]), 1, 65535);
        Assert.Equal("http", request["REQUEST_SCHEME"]);
        Assert.Equal("example.org:81", request["HTTP_HOST"]);
        Assert.Equal("me", request["HTTP_USER_AGENT"]);
        Assert.Equal(13, request["mod_wsgi.request_id"].Length);
        Assert.NotEmpty(request["mod_wsgi.connection_id"]);
        Assert.False(request.Environ.ContainsKey("CONTENT_LENGTH"));
        Assert.False(request.Environ.ContainsKey("HTTPS"));
        var now = (frontEnd.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        Assert.Equal(now, request.Head.RequestStart);
        Assert.Equal(now, request.Head.QueueStart);
    }

    [Theory]
    [InlineData("GET", "/", "", "/")]
    [InlineData("GET", "//a///b//", "", "//a///b//")]
    [InlineData("GET", "/%00x?q", "", null)]
    [InlineData("GET", "/%25%32%66", "", "/%2f")]
    [InlineData("GET", "/%zz%", "", "/%zz%")]
    [InlineData("GET", "/%ff%C3", "", "/\u00ff\u00c3")]
    [InlineData("GET", "/a/../b/./c", "", "/b/c")]
    [InlineData("GET", "/a/%2e%2E/b", "", "/b")]
    [InlineData("GET", "/../../x/..", "", "/")]
    [InlineData("GET", "http://x/abs?q=1", "", "/abs")]
    [InlineData("GET", "http://x", "", "/")]
    [InlineData("OPTIONS", "*", "", "")]
    [InlineData("PROPFIND", "/dav", "", "/dav")]
    public async Task Paths_are_decoded_once(string method, string target, string scriptName, string? pathInfo)
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        if (pathInfo is null)
        {
            using var client = await frontEnd.SendRawAsync($"{method} {target} HTTP/1.1\r\nHost: x\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 400 ", await client.ReceiveUntilAsync("\r\n\r\n"));
            return;
        }

        var request = await AskAsync(frontEnd, $"{method} {target} HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal(method, request["REQUEST_METHOD"]);
        Assert.Equal(scriptName, request["SCRIPT_NAME"]);
        Assert.Equal(pathInfo, request["PATH_INFO"]);
        Assert.Equal(target, request["REQUEST_URI"]);
    }

    [Theory]
    [InlineData("/blog", "")]
    [InlineData("/blog/", "/")]
    [InlineData("/blog/%2Fx//y", "//x//y")]
    [InlineData("/a/../blog/z", "/z")]
    public async Task A_mount_point_becomes_SCRIPT_NAME(string target, string pathInfo)
    {
        await using var frontEnd = await TestFrontEnd.StartAsync(mountPoint: "/blog");
        var request = await AskAsync(frontEnd, $"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal("/blog", request["SCRIPT_NAME"]);
        Assert.Equal(pathInfo, request["PATH_INFO"]);
    }

    [Fact]
    public async Task Headers_that_could_be_mistaken_for_others_are_left_out()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var request = await AskAsync(
            frontEnd,
            "GET / HTTP/1.1\r\nHost: x\r\nX-User: real\r\nX_User: fake\r\nX.User: fake\r\nProxy: evil\r\n"
            + "X-Many: a\r\nx-many: b\r\nCookie: c=1\r\nCookie: d=2\r\nAccept: */*\r\nX-Latin: caf\u00e9\r\n\r\n");
        Assert.Equal("real", request["HTTP_X_USER"]);
        Assert.False(request.Environ.ContainsKey("HTTP_PROXY"));
        Assert.DoesNotContain(request.Environ, static item => item.Value is "fake");
        Assert.Equal("a, b", request["HTTP_X_MANY"]);
        Assert.Equal("c=1; d=2", request["HTTP_COOKIE"]);
        Assert.Equal("*/*", request["HTTP_ACCEPT"]);
        Assert.Equal("caf\u00e9", request["HTTP_X_LATIN"]);
    }

    [Fact]
    public async Task Content_headers_have_no_HTTP_in_front()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var request = await AskAsync(
            frontEnd,
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/x\r\nContent-Length: 2\r\nContent-Language: de\r\n\r\nab");
        Assert.Equal("text/x", request["CONTENT_TYPE"]);
        Assert.Equal("2", request["CONTENT_LENGTH"]);
        Assert.Equal("de", request["HTTP_CONTENT_LANGUAGE"]);
        Assert.False(request.Environ.ContainsKey("HTTP_CONTENT_TYPE"));
        Assert.False(request.Environ.ContainsKey("HTTP_CONTENT_LENGTH"));
    }

    [Fact]
    public async Task Without_a_Host_the_address_is_the_name()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var request = await AskAsync(frontEnd, "GET / HTTP/1.0\r\n\r\n");
        Assert.Equal("127.0.0.1", request["SERVER_NAME"]);
        Assert.Equal($"{frontEnd.Address.Port}", request["SERVER_PORT"]);
        Assert.Equal("HTTP/1.0", request["SERVER_PROTOCOL"]);
    }

    [Theory]
    [InlineData("name", "name", "80")]
    [InlineData("[::1]", "[::1]", "80")]
    [InlineData("[::1]:8000", "[::1]", "8000")]
    public async Task The_Host_header_names_the_server(string host, string name, string port)
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        var request = await AskAsync(frontEnd, $"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        Assert.Equal(name, request["SERVER_NAME"]);
        Assert.Equal(port, request["SERVER_PORT"]);
    }

    [Fact]
    public async Task Two_Content_Types_are_refused()
    {
        await using var frontEnd = await TestFrontEnd.StartAsync();
        using var client = await frontEnd.SendRawAsync(
            "GET / HTTP/1.1\r\nHost: x\r\nContent-Type: a/b\r\nContent-Type: c/d\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", await client.ReceiveUntilAsync("\r\n\r\n"));
    }

    private static async Task<ReceivedRequest> AskAsync(TestFrontEnd frontEnd, string text)
    {
        var slot = (await frontEnd.AddWorkerAsync())[0];
        using var client = await frontEnd.SendRawAsync(text);
        var request = await slot.TakeRequestAsync();
        await slot.RespondAsync("done");
        await client.ReceiveUntilAsync("done");
        return request;
    }
}
