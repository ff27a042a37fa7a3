using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Http;

/// <summary>Names of the site, its transport and its place among the URLs.</summary>
public sealed class NameTests
{
    [Fact]
    public void Only_the_sites_own_names_are_answered()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--server-name", "www.Example.com", "--server-alias", "shop.example.net", "--server-alias", "*.test",
            "--allow-localhost"));
        foreach (var host in (string[])
            ["www.example.com", "WWW.EXAMPLE.COM:8000", "www.example.com.", "shop.example.net", "a.b.test", "localhost:1"])
        {
            Assert.StartsWith("HTTP/1.1 200 ", Ask(server, "/hello", host), StringComparison.Ordinal);
        }

        var before = Ask(server, "/ledger?name=requests", "localhost");
        foreach (var host in (string[])["example.org", "test", "127.0.0.1", "xwww.example.com", "www.example.com.evil", ""])
        {
            Assert.StartsWith("HTTP/1.1 421 ", Ask(server, "/hello", host), StringComparison.Ordinal);
        }

        Assert.StartsWith("HTTP/1.1 421 ", Ask(server, "http://evil.example/hello", "www.example.com"), StringComparison.Ordinal);
        Assert.Equal(Count(before), Count(Ask(server, "/ledger?name=requests", "localhost")));

        var parent = Ask(server, "/hello?a=%2F", "example.com:8000");
        Assert.StartsWith("HTTP/1.1 308 ", parent, StringComparison.Ordinal);
        Assert.Contains("\r\nLocation: http://www.example.com:8000/hello?a=%2F\r\n", parent, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_HTTP_is_sent_to_HTTPS_and_told_to_stay_there()
    {
        using var directory = new TemporaryDirectory();
        var (certificate, key) = Certificates.Make(directory.Path, "localhost");
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--https-port", "0", "--ssl-certificate-file", certificate, "--ssl-certificate-key-file", key,
            "--https-only", "--hsts-policy", "max-age=63072000; includeSubDomains"));
        var plain = Ask(server, "/hello?x=1", "site.example:99");
        Assert.StartsWith("HTTP/1.1 308 ", plain, StringComparison.Ordinal);
        Assert.Contains($"\r\nLocation: https://site.example:{server.HttpsPort}/hello?x=1\r\n", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("Strict-Transport-Security", plain, StringComparison.OrdinalIgnoreCase);

        var followed = Tool.Succeed(
            "curl", "-sSkLD-", "--http1.1", "-X", "POST", "-d", "body", $"http://127.0.0.1:{server.Port}/echo");
        Assert.Contains("\r\nStrict-Transport-Security: max-age=63072000; includeSubDomains\r\n", followed, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nbody", followed, StringComparison.Ordinal);
    }

    [Fact]
    public void The_whole_domain_is_told_to_stay_with_HTTPS_and_sent_there_in_one_step()
    {
        using var directory = new TemporaryDirectory();
        var (certificate, key) = Certificates.Make(directory.Path, "site");
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--https-port", "0", "--ssl-certificate-file", certificate, "--ssl-certificate-key-file", key,
            "--server-name", "www.site.example", "--https-only", "--hsts-policy", "max-age=100; includeSubDomains"));
        Assert.Contains(
            $"\r\nLocation: https://www.site.example:{server.HttpsPort}/hello?x\r\n",
            Ask(server, "/hello?x", "site.example"), StringComparison.Ordinal);

        var parent = Tool.Succeed(
            "curl", "-sSkD-", "--http1.1", "-H", "Host: site.example", $"https://127.0.0.1:{server.HttpsPort}/hello");
        Assert.Contains("\r\nLocation: https://www.site.example/hello\r\n", parent, StringComparison.Ordinal);
        Assert.Contains("\r\nStrict-Transport-Security: max-age=100; includeSubDomains\r\n", parent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_application_is_below_its_mount_point_and_nowhere_else()
    {
        using var directory = new TemporaryDirectory();
        var script = directory.Write(
            "app.py",
            "def application(environ, start_response):\n"
            + "    start_response('200 OK', [])\n"
            + "    return [repr((environ['SCRIPT_NAME'], environ['PATH_INFO'])).encode()]\n");
        using var server = ServerProcess.Start(new ServerStart { Arguments = [script, "--mount-point", "/blog/en/"] });
        Assert.Equal("('/blog/en', '')", Servers.Get(server.Port, "/blog/en").Text);
        Assert.Equal("('/blog/en', '/')", Servers.Get(server.Port, "/blog/en/").Text);
        Assert.Equal("('/blog/en', '//a b/')", Servers.Get(server.Port, "/blog/en//a%20b/").Text);
        foreach (var path in (string[])["/", "/blog", "/Blog/en/", "/blog/english", "/blog/en/../x"])
        {
            Assert.Equal(404, Servers.Get(server.Port, path).Status);
        }
    }

    [Theory]
    [InlineData("--server-alias a.example", "--server-name HOST")]
    [InlineData("--https-only", "add --https-port")]
    [InlineData("--server-name http://a.example/", "\"http://a.example/\" is no host name")]
    [InlineData("--server-name *.example", "\"*.example\" is no host name")]
    [InlineData("--hsts-policy forever", "\"forever\" is no policy")]
    [InlineData("--mount-point blog", "\"blog\" is no path of a URL")]
    [InlineData("--mount-point /a/../b", "is no path of a URL")]
    public void What_cannot_be_meant_is_refused(string options, string said)
    {
        using var server = ServerProcess.Launch(ServerStart.Conformance(options.Split(' ')));
        Assert.Equal(2, server.WaitForExit());
        server.WaitForOutput();
        Assert.Contains(said, server.Errors, StringComparison.Ordinal);
    }

    private static string Count(string answer) => answer.Split("\r\n\r\n")[1];

    private static string Ask(ServerProcess server, string target, string host)
    {
        using var conversation = new Conversation(server.Port);
        conversation.Send($"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        return conversation.ReadToEnd(out _);
    }
}
