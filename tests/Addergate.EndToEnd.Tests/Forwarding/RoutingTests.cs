using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Forwarding;

/// <summary>Who answers what, and which URL the target is asked for.</summary>
public sealed class RoutingTests(ForwardingSite site) : IClassFixture<ForwardingSite>
{
    [Theory]
    [InlineData("/api/", "/app/")]
    [InlineData("/api/a/b?c=d&e=%20", "/app/a/b?c=d&e=%20")]
    [InlineData("/api//double//slash", "/app//double//slash")]
    [InlineData("/api/a%2Fb%252fc%20d%7e", "/app/a%2Fb%252fc%20d%7e")]
    [InlineData("/api/%ff%C3%A9", "/app/%ff%C3%A9")]
    [InlineData("/%61pi/x", "/app/x")]
    [InlineData("/api/a/../b/./c", "/app/b/c")]
    [InlineData("/api/a/%2e%2E/b", "/app/b")]
    [InlineData("/x/../api/y/..", "/app/")]
    [InlineData("/api/...;x/a..b/.hidden", "/app/...;x/a..b/.hidden")]
    [InlineData("http://site.example/api/absolute?form", "/app/absolute?form")]
    [InlineData("/api/?", "/app/?")]
    [InlineData("/raw/x", "/x")]
    [InlineData("/api/|[]{}\"<>", "/app/|[]{}\"<>")]
    public void What_is_below_the_mount_point_is_passed_on_as_it_was_written(string asked, string got)
    {
        var (request, response) = site.Exchange(asked);
        Assert.Equal($"GET {got} HTTP/1.1", request.StatusLine);
        Assert.Equal(200, response.Status);
    }

    [Theory]
    [InlineData("/api/..%2fsecret")]
    [InlineData("/api/x/..%2F..%2Fsecret")]
    [InlineData("/api/..%5csecret")]
    [InlineData("/api/%2e%2e%2fsecret")]
    [InlineData("/api/a%2f..%2f..")]
    [InlineData("/api/..;/secret")]
    [InlineData("/api/..;a=b/secret")]
    [InlineData("/api/%2e%2e%3b/secret")]
    [InlineData("/api/a%00b")]
    public void What_the_target_may_read_as_a_way_out_is_refused(string asked)
    {
        using var client = site.Ask(asked);
        Assert.Equal(400, client.Receive().Status);
        Assert.False(site.Target.HasCaller);
    }

    [Theory]
    [InlineData("/", "site.example")]
    [InlineData("/apis", "site.example")]
    [InlineData("/API/x", "site.example")]
    [InlineData("/api/../x", "site.example")]
    [InlineData("/api%2fx", "site.example")]
    public void All_else_is_the_applications(string asked, string host)
    {
        using var client = site.Ask(asked, host: host);
        Assert.Equal(200, client.Receive().Status);
        Assert.False(site.Target.HasCaller);
    }

    [Theory]
    [InlineData("/api", "/api/")]
    [InlineData("/raw?a=b", "/raw/?a=b")]
    [InlineData("/x/../%61pi", "/api/")]
    public void The_mount_point_without_its_slash_is_sent_to_the_one_with_it(string asked, string location)
    {
        using var client = site.Ask(asked);
        var reply = client.Receive();
        Assert.Equal((302, location), (reply.Status, reply["Location"]));
    }

    [Theory]
    [InlineData("other.example")]
    [InlineData("OTHER.example:8080")]
    [InlineData("other.example.")]
    public void A_host_of_its_own_is_the_targets_alone(string host)
    {
        foreach (var path in (string[])["/", "/api/x", "/inside.txt"])
        {
            var (request, response) = site.Exchange(path, host: host);
            Assert.Equal($"GET {path} HTTP/1.1", request.StatusLine);
            Assert.Equal(host, request["X-Forwarded-Host"]);
            Assert.Null(request["X-Forwarded-Prefix"]);
            Assert.Equal("ok", response.Text);
        }

        var (asterisk, _) = site.Exchange("*", host: host, method: "OPTIONS");
        Assert.Equal("OPTIONS / HTTP/1.1", asterisk.StatusLine);
    }

    [Fact]
    public void Other_hosts_stay_refused()
    {
        using var client = site.Ask("/api/x", host: "third.example");
        Assert.Equal(421, client.Receive().Status);
        Assert.False(site.Target.HasCaller);
    }

    [Fact]
    public void A_longer_alias_counts_before_the_mount_point_and_the_document_root_after_it()
    {
        using var alias = site.Ask("/api/files/inside.txt");
        Assert.Equal("file", alias.Receive().Text);
        using var root = site.Ask("/inside.txt");
        Assert.Equal("file", root.Receive().Text);
        Assert.False(site.Target.HasCaller);
    }

    [Fact]
    public void A_Unix_socket_is_a_target_in_both_notations()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "app.sock");
        using var target = new FakeTarget(path);
        using var server = ServerProcess.Start(ServerStart.Conformance(
            "--proxy-mount-point", "/plain", $"unix:{path}", "--proxy-mount-point", "/apache", $"unix:{path}|http://inner/x/"));
        foreach (var (asked, got, host) in ((string, string, string)[])
            [("/plain/a", "/a", "localhost"), ("/apache/a", "/x/a", "inner")])
        {
            using var client = new Conversation(server.Port);
            client.Send($"GET {asked} HTTP/1.1\r\nHost: test\r\n\r\n");
            var request = target.Answer(ForwardingSite.Answer());
            Assert.Equal(($"GET {got} HTTP/1.1", host), (request.StatusLine, request["Host"]));
            Assert.Equal("ok", client.Receive().Text);
        }
    }

    [Fact]
    public void Both_sides_may_speak_TLS_and_the_targets_certificate_is_checked()
    {
        using var directory = new TemporaryDirectory();
        var (certificate, key) = Certificates.Make(directory.Path, "localhost");
        using var inner = ServerProcess.Start(ServerStart.Conformance(
            "--https-port", "0", "--ssl-certificate-file", certificate, "--ssl-certificate-key-file", key));
        var start = ServerStart.Conformance(
            "--proxy-virtual-host", "inner.example", $"https://localhost:{inner.HttpsPort}/",
            "--https-port", "0", "--ssl-certificate-file", certificate, "--ssl-certificate-key-file", key);
        using (var trusting = ServerProcess.Start(
            start with { Environment = new Dictionary<string, string?> { ["SSL_CERT_FILE"] = certificate } }))
        {
            foreach (var version in (string[])["--http1.1", "--http2"])
            {
                Assert.Equal("hello\n", Tool.Succeed(
                    "curl", "-sS", version, "--cacert", certificate, "-H", "Host: inner.example",
                    $"https://localhost:{trusting.HttpsPort}/hello"));
            }
        }

        using var server = ServerProcess.Start(start);
        using var client = new Conversation(server.Port);
        client.Send("GET /hello HTTP/1.1\r\nHost: inner.example\r\n\r\n");
        Assert.Equal(502, client.Receive().Status);
        server.WaitForLog("did not answer GET /hello: The remote certificate is invalid");
    }
}
