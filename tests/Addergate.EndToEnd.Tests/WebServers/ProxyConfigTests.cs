using System.Text;
using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.WebServers;

/// <summary>Debian's web servers with what <c>addergate proxy-config</c> prints for them.</summary>
public sealed class ProxyConfigTests
{
    [Theory]
    [InlineData("nginx")]
    [InlineData("apache")]
    public void The_application_sees_the_client_as_it_is(string kind)
    {
        using var site = new FrontedSite(kind, isSecure: false);
        var environ = Environ(Servers.Get(site.Port, "/a%2Fb/c%20d?q=1"));
        Assert.Equal(("127.0.0.1", "http", "test"), (environ["REMOTE_ADDR"], environ["wsgi.url_scheme"], environ["HTTP_HOST"]));
        Assert.Equal(("/a/b/c d", "q=1"), (environ["PATH_INFO"], environ["QUERY_STRING"]));

        // A client on this machine is trusted, as a proxy on it would be; one elsewhere is not.
        environ = Environ(Servers.Get(
            site.Port,
            "/",
            "X-Forwarded-For: 6.6.6.6, 203.0.113.9\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\nX-Real-IP: 6.6.6.6\r\n"));
        Assert.Equal(("203.0.113.9", "http", "test"), (environ["REMOTE_ADDR"], environ["wsgi.url_scheme"], environ["HTTP_HOST"]));
        Assert.DoesNotContain(environ.Values, static value => value.Contains("evil.example", StringComparison.Ordinal));
        Assert.DoesNotContain(environ.Values, static value => value.Contains("6.6.6.6", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("apache")]
    public void It_speaks_HTTPS_and_sends_HTTP_there(string kind)
    {
        using var site = new FrontedSite(kind, isSecure: true, "--server-name", "localhost", "--url-alias", "/static", "static");
        var redirect = Servers.Get(site.Port, "/a?b=c", "", "POST");
        Assert.Equal((308, $"https://localhost:{site.HttpsPort}/a?b=c"), (redirect.Status, redirect["Location"]));
        string[] curl = ["-sk", "--max-time", "20"];
        var answer = Tool.Succeed("curl", [.. curl, $"https://localhost:{site.HttpsPort}/x"]);
        var environ = JsonDocument.Parse(answer).RootElement;
        Assert.Equal("https", environ.GetProperty("wsgi.url_scheme").GetString());
        Assert.Equal($"localhost:{site.HttpsPort}", environ.GetProperty("HTTP_HOST").GetString());
        Assert.Equal("static", Tool.Succeed("curl", [.. curl, $"https://localhost:{site.HttpsPort}/static/style.css"]));
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("apache")]
    public void It_serves_the_files_of_url_aliases_and_no_others(string kind)
    {
        using var site = new FrontedSite(
            kind, isSecure: false, "--url-alias", "/static", "static", "--url-alias", "/page", "public/page.txt",
            "--static-max-age", "1h");
        var file = Servers.Get(site.Port, "/static/style.css");
        Assert.Equal((200, "static", "max-age=3600"), (file.Status, file.Text, file["Cache-Control"]));
        Assert.StartsWith(kind, file["Server"], StringComparison.OrdinalIgnoreCase);
        Assert.Equal("text/css", file["Content-Type"]);
        Assert.Equal("space", Servers.Get(site.Port, "/static/with%20space.txt").Text);
        Assert.Equal("public", Servers.Get(site.Port, "/page").Text);
        Assert.Equal(404, Servers.Get(site.Port, "/static/none.css").Status);
        Assert.Equal(404, Servers.Get(site.Port, "/static/.secret").Status);
        Assert.NotEqual(200, Servers.Get(site.Port, "/static/passwd").Status);
        Assert.DoesNotContain("root:", Servers.Get(site.Port, "/static/../../../etc/passwd").Text, StringComparison.Ordinal);
        var redirect = Servers.Get(site.Port, "/static");
        Assert.Equal(301, redirect.Status);
        Assert.EndsWith("/static/", redirect["Location"], StringComparison.Ordinal);
        Assert.Equal("/statics", Environ(Servers.Get(site.Port, "/statics"))["PATH_INFO"]);
        Assert.Equal("/pages", Environ(Servers.Get(site.Port, "/pages"))["PATH_INFO"]);
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("apache")]
    public void Files_of_the_document_root_go_before_the_application(string kind)
    {
        using var site = new FrontedSite(kind, isSecure: false, "--document-root", "public");
        var file = Servers.Get(site.Port, "/page.txt?x=1");
        Assert.Equal((200, "public"), (file.Status, file.Text));
        Assert.StartsWith(kind, file["Server"], StringComparison.OrdinalIgnoreCase);
        Assert.Equal("/", Environ(Servers.Get(site.Port, "/"))["PATH_INFO"]);
        Assert.Equal("/none.txt", Environ(Servers.Get(site.Port, "/none.txt"))["PATH_INFO"]);
        Assert.Equal("/.secret", Environ(Servers.Get(site.Port, "/.secret"))["PATH_INFO"]);
        Assert.DoesNotContain("root:", Servers.Get(site.Port, "/../../../../etc/passwd").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("apache")]
    public void What_is_streamed_arrives_as_it_comes(string kind)
    {
        using var site = new FrontedSite(kind, isSecure: false);
        using var conversation = new Conversation(site.Port);
        conversation.Send("GET /slow HTTP/1.0\r\nHost: test\r\n\r\n");
        Assert.Equal(200, conversation.Receive(toHead: true).Status);
        Assert.Equal("first\n", conversation.ReceiveText(6));
        site.GoOn();
        Assert.Equal("second\n", conversation.ReadToEnd(out _));
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("apache")]
    public void A_large_upload_passes_up_to_the_limit_of_the_server(string kind)
    {
        using var site = new FrontedSite(kind, isSecure: false, "--limit-request-body", "20M");
        var body = new byte[19 << 20];
        foreach (var chunked in (bool[])[false, true])
        {
            using var conversation = new Conversation(site.Port);
            Assert.Equal($"{body.Length}", conversation.Send(Servers.PostBytes("/size", body, chunked, "")).Receive().Text);
        }

        using var refused = new Conversation(site.Port);
        var head = $"POST /size HTTP/1.1\r\nHost: test\r\nContent-Length: {21 << 20}\r\nExpect: 100-continue\r\n\r\n";
        Assert.Equal(413, refused.Send(Encoding.ASCII.GetBytes(head)).Receive().Status);
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("apache")]
    public void Connections_to_the_server_are_kept(string kind)
    {
        using var site = new FrontedSite(kind, isSecure: false, "--access-log", "--access-log-format", "before: %k");
        using var load = new Load(site.Port, 4, "/");
        load.WaitForGood(500);
        load.Dispose();
        Assert.True(load.Bad == 0, load.ToString());
        site.Server.WaitForLog("before: 20\n");
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("apache")]
    public void Only_the_mount_point_goes_to_the_server(string kind)
    {
        using var site = new FrontedSite(kind, isSecure: false, "--mount-point", "/blog");
        Assert.Equal("/blog", Environ(Servers.Get(site.Port, "/blog"))["SCRIPT_NAME"]);
        Assert.Equal("/x", Environ(Servers.Get(site.Port, "/blog/x"))["PATH_INFO"]);
        var other = Servers.Get(site.Port, "/blogs");
        Assert.NotEqual(200, other.Status);
        Assert.StartsWith(kind, other["Server"], StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("apache")]
    public void WebSockets_pass_to_what_is_behind_the_server(string kind)
    {
        using var target = new FakeTarget();
        using var site = new FrontedSite(kind, isSecure: false, "--proxy-mount-point", "/api", target.Url);
        using var client = new Conversation(site.Port);
        client.Send(
            "GET /api/socket HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        using var connection = target.Accept();
        Assert.Equal("websocket", connection.ReceiveRequest()["Upgrade"]);
        connection.Send(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
        Assert.Equal(101, client.Receive(toHead: true).Status);

        // A frame that is masked, as clients send them, and one that is not.
        byte[] asked = [0x82, 0x84, 1, 2, 3, 4, 5, 6, 7, 8];
        client.Send(asked);
        Assert.Equal(asked, connection.ReceiveBytes(asked.Length));
        byte[] answered = [0x82, 0x02, 9, 9];
        connection.Send(answered);
        Assert.Equal(answered, client.ReceiveBytes(answered.Length));
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("apache")]
    public void A_Unix_socket_may_lie_between_them(string kind)
    {
        using var directory = new TemporaryDirectory();
        var socket = Path.Combine(directory.Path, "http.sock");
        using var site = new FrontedSite(kind, isSecure: false, "--host", $"unix:{socket}", "--socket-mode", "666");
        var environ = Environ(Servers.Get(site.Port, "/x", "X-Forwarded-For: 203.0.113.9\r\n"));
        Assert.Equal(("127.0.0.1", "http", "test"), (environ["REMOTE_ADDR"], environ["wsgi.url_scheme"], environ["HTTP_HOST"]));
    }

    [Fact]
    public void What_cannot_be_printed_is_told()
    {
        var wrong = Tool.Run(
            Layout.Program, "proxy-config", "nginx", "--https-redirect", "--public-port", "none", "--port", "0",
            "--python", Pythons.Default!);
        Assert.Equal((2, ""), (wrong.Status, wrong.Output));
        foreach (var part in (string[])["--https-redirect needs the name", "\"none\" is no port", "a port that stays the same"])
        {
            Assert.Contains(part, wrong.Errors, StringComparison.Ordinal);
        }

        wrong = Tool.Run(Layout.Program, "proxy-config", "ngix");
        Assert.Equal((2, ""), (wrong.Status, wrong.Output));
        Assert.Contains("did you mean nginx?", wrong.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_commands_of_mod_wsgi_express_for_a_module_answer_with_this()
    {
        var config = Tool.Run(Layout.Program, "module-config", "--python", Pythons.Default!);
        Assert.Equal(0, config.Status);
        Assert.StartsWith("# There is no module to load into Apache", config.Output, StringComparison.Ordinal);
        Assert.Contains("ProxyPass \"/\" ", config.Output, StringComparison.Ordinal);
        foreach (var command in (string[])["module-location", "install-module"])
        {
            var told = Tool.Run(Layout.Program, command);
            Assert.Equal((1, ""), (told.Status, told.Output));
            Assert.Contains("addergate proxy-config apache", told.Errors, StringComparison.Ordinal);
        }
    }

    private static Dictionary<string, string> Environ(Reply reply)
    {
        Assert.True(reply.Status == 200, reply.StatusLine + reply.Text);
        return JsonDocument.Parse(reply.Text).RootElement.EnumerateObject()
            .ToDictionary(static item => item.Name, static item => item.Value.GetString()!);
    }
}
