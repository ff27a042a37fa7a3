using System.Text;
using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Files;

public sealed class ServingTests(StaticSite site) : IClassFixture<StaticSite>
{
    [Theory]
    [InlineData("/hello.txt", "hello from public")]
    [InlineData("/sub/page.html", "<p>page")]
    [InlineData("/static/hello.txt", "hello from static")]
    [InlineData("/static/own/page.html", "<p>page")]
    [InlineData("/static/sub/page.html", "<p>page")]
    [InlineData("/robots.txt", "hello from static")]
    [InlineData("/with%20space.txt", "spaced")]
    [InlineData("/%C3%BCn%C3%AF.txt", "umlauts")]
    [InlineData("/a%252fb.txt", "percent")]
    [InlineData("/static//hello.txt", "hello from static")]
    [InlineData("/static/./sub/../hello.txt", "hello from static")]
    [InlineData("/static/hello.txt?v=3", "hello from static")]
    [InlineData("http://test/static/hello.txt", "hello from static")]
    public void A_file_is_served(string target, string text) => Assert.Equal(text, site.Get(target).Text);

    [Theory]
    [InlineData("/")]
    [InlineData("/nothing.txt")]
    [InlineData("/sub")]
    [InlineData("/sub/")]
    [InlineData("/hello.txt/")]
    [InlineData("/hello.txt/more")]
    [InlineData("/Hello.txt")]
    [InlineData("/robots.txt/")]
    [InlineData("/staticx/hello.txt")]
    [InlineData("/Static/hello.txt")]
    public void What_the_document_root_does_not_have_is_the_applications(string target) =>
        Assert.Equal("GET " + target, site.Get(target).Text);

    [Theory]
    [InlineData("/static")]
    [InlineData("/static/")]
    [InlineData("/static/sub")]
    [InlineData("/static/nothing.txt")]
    [InlineData("/static/hello.txt/")]
    [InlineData("/static/hello.txt/more")]
    [InlineData("/static/own/hello.txt")]
    public void What_an_alias_does_not_have_is_not_there(string target)
    {
        foreach (var method in (string[])["GET", "HEAD", "POST"])
        {
            var reply = site.Get(target, method: method);
            Assert.Equal(404, reply.Status);
            Assert.Null(reply["X-From"]);
        }
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("BREW")]
    public void Files_are_for_GET_and_HEAD(string method)
    {
        var refused = site.Get("/static/hello.txt", method: method);
        Assert.Equal(405, refused.Status);
        Assert.Equal("GET, HEAD", refused["Allow"]);
        Assert.Equal($"{method} /hello.txt", site.Get("/hello.txt", method: method).Text);
    }

    [Fact]
    public void HEAD_says_what_GET_would()
    {
        var get = site.Get("/static/digits.bin");
        var head = site.Get("/static/digits.bin", method: "HEAD");
        Assert.Empty(head.Body);
        Assert.Equal(
            get.Headers.Where(static header => header.Name != "Date"),
            head.Headers.Where(static header => header.Name != "Date"));
    }

    [Theory]
    [InlineData("page.html", "text/html; charset=utf-8")]
    [InlineData("app.js", "text/javascript; charset=utf-8")]
    [InlineData("app.MJS", "text/javascript; charset=utf-8")]
    [InlineData("app.css", "text/css; charset=utf-8")]
    [InlineData("font.woff2", "font/woff2")]
    [InlineData("picture.svg", "image/svg+xml")]
    [InlineData("data.json", "application/json")]
    [InlineData("module.wasm", "application/wasm")]
    [InlineData("README", "application/octet-stream")]
    [InlineData("x.unknown", "application/octet-stream")]
    public void The_ending_tells_the_type(string name, string type)
    {
        site.Write("static/types/" + name, "x");
        var reply = site.Get("/static/types/" + name);
        Assert.Equal(type, reply["Content-Type"]);
        Assert.Equal("nosniff", reply["X-Content-Type-Options"]);
    }

    [Fact]
    public void A_large_file_is_whole_over_HTTP_1_and_2()
    {
        using var server = site.Start("--url-alias", "/static", "static", "--http2");
        Assert.Equal(StaticSite.Digits, Servers.Get(server.Port, "/static/digits.bin").Body);
        var address = $"http://127.0.0.1:{server.Port}/static/";
        var file = Path.Combine(site.Root, "got");
        Tool.Succeed("curl", "-sS", "--http2-prior-knowledge", "-o", file, address + "digits.bin");
        Assert.Equal(StaticSite.Digits, File.ReadAllBytes(file));
        Assert.Equal("hello 206", Tool.Succeed(
            "curl", "-sS", "--http2-prior-knowledge", "-r", "0-4", "-w", " %{http_code}", address + "hello.txt"));
        Assert.Equal("404", Tool.Succeed(
            "curl", "-sS", "--http2-prior-knowledge", "--path-as-is", "-o", "/dev/null", "-w", "%{http_code}",
            address + "..%2fsecret.txt"));
        var load = Tool.Succeed("h2load", "-n", "2000", "-c", "4", "-m", "25", address + "hello.txt");
        Assert.Contains("2000 2xx", load, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_requests_on_one_connection_are_answered_in_order()
    {
        using var conversation = new Conversation(site.Server.Port);
        var requests = new StringBuilder();
        for (var number = 0; number < 50; number++)
        {
            requests.Append("GET /static/hello.txt HTTP/1.1\r\nHost: test\r\n\r\nGET /app HTTP/1.1\r\nHost: test\r\n\r\n");
        }

        conversation.Send(requests.ToString());
        for (var number = 0; number < 50; number++)
        {
            Assert.Equal("hello from static", conversation.Receive().Text);
            Assert.Equal("GET /app", conversation.Receive().Text);
        }
    }

    [Fact]
    public void Hashed_names_are_kept_for_a_year_and_others_as_said()
    {
        foreach (var name in (string[])["app.55e7cbb9ba48.css", "index-B1nP3kVb.js", "main.20240101.css", "assets/logo.svg"])
        {
            site.Write("static/cached/" + name, "x");
        }

        using var server = site.Start(
            "--url-alias", "/s", "static/cached", "--static-max-age", "10m", "--immutable-url", "/s/assets");
        string? Caching(string name) => Servers.Get(server.Port, "/s/" + name)["Cache-Control"];
        const string Immutable = "public, max-age=31536000, immutable";
        Assert.Equal(Immutable, Caching("app.55e7cbb9ba48.css"));
        Assert.Equal(Immutable, Caching("index-B1nP3kVb.js"));
        Assert.Equal(Immutable, Caching("assets/logo.svg"));
        Assert.Equal("public, max-age=600", Caching("main.20240101.css"));
        Assert.Null(site.Get("/static/cached/main.20240101.css")["Cache-Control"]);
    }

    [Fact]
    public void A_deployment_that_exchanges_the_directory_is_noticed()
    {
        site.Write("releases/1/page.txt", "one");
        site.Write("releases/2/page.txt", "two");
        site.Link("current", "releases/1");
        using var server = site.Start("--url-alias", "/s", "current");
        Assert.Equal("one", Servers.Get(server.Port, "/s/page.txt").Text);
        site.Link("current", "releases/2");
        Until.True(() => Servers.Get(server.Port, "/s/page.txt").Text == "two", "the new release");
    }

    [Fact]
    public void A_file_that_shrinks_while_it_is_sent_resets_the_connection()
    {
        var path = site.Write("static/shrinking.bin", new string('x', 50_000_000));
        using var conversation = new Conversation(site.Server.Port, receiveBuffer: 16384);
        conversation.Send("GET /static/shrinking.bin HTTP/1.1\r\nHost: test\r\n\r\n");
        Assert.Equal("50000000", conversation.Receive(toHead: true)["Content-Length"]);
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(1000);
        }

        Assert.True(conversation.ReadToEnd(out var reset).Length < 50_000_000);
        Assert.True(reset);
        site.Server.WaitForLog("became shorter while it was sent");
    }

    [Fact]
    public void Without_permission_it_is_403_and_the_log_says_why()
    {
        Assert.SkipUnless(System.Environment.UserName == "root", "Only root can serve as somebody else.");
        var path = site.Write("static/private.txt", StaticSite.Secret);
        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        using var server = site.Start("--url-alias", "/static", "static", "--user", "nobody");
        Assert.Equal(403, Servers.Get(server.Port, "/static/private.txt").Status);
        server.WaitForLog("Permission denied");
    }

    [Fact]
    public void The_access_log_has_them_as_the_others()
    {
        using var server = site.Start(
            "--url-alias", "/static", "static", "--access-log", "--log-to-terminal", "--access-log-format", "json");
        Assert.Equal(200, Servers.Get(server.Port, "/static/digits.bin").Status);
        Assert.Equal(304, Servers.Get(server.Port, "/static/digits.bin", "If-None-Match: *\r\n").Status);
        Assert.Equal(206, Servers.Get(server.Port, "/static/digits.bin", "Range: bytes=0-99\r\n").Status);
        Assert.Equal(404, Servers.Get(server.Port, "/static/none").Status);
        string[] lines = [];
        Until.True(
            () => (lines = [.. server.Output.Split('\n').Where(static line => line.StartsWith('{'))]).Length == 4,
            "four lines", () => server.Logs);
        // In the order in which they ended, each on a connection of its own.
        var logged = lines
            .Select(static line => JsonDocument.Parse(line).RootElement)
            .Select(static line => (Status: line.GetProperty("status").GetInt32(), Bytes: line.GetProperty("bytes").GetInt32()))
            .Order();
        Assert.Equal([(200, 300_000), (206, 100), (304, 0), (404, 14)], logged);
    }
}
