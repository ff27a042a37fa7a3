using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Http;

/// <summary>Headers of proxies in front, through the whole program.</summary>
public sealed class TrustedProxyTests
{
    private const string Spoofed =
        "X-Forwarded-For: 198.51.100.7\r\nX-Real-IP: 6.6.6.6\r\nForwarded: for=6.6.6.6;proto=https\r\n"
        + "X-Forwarded-Proto: https\r\nX-Forwarded-Host: www.example.com\r\nX-Forwarded-Server: server.example\r\n"
        + "X-Forwarded-Port: 8443\r\nX-Script-Name: /shop\r\nX_Forwarded_For: 6.6.6.6\r\n";

    private static readonly string[] Headers =
    [
        "--trust-proxy-header", "X-Forwarded-For", "--trust-proxy-header", "X-Forwarded-Proto",
        "--trust-proxy-header", "X-Forwarded-Host", "--trust-proxy-header", "X-Forwarded-Server",
        "--trust-proxy-header", "X-Forwarded-Port", "--trust-proxy-header", "X-Script-Name",
    ];

    [Fact]
    public void What_a_trusted_proxy_says_counts()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance(
            ["--access-log", "--mount-point", "/inner", "--trust-proxy", "127.0.0.0/8", .. Headers]));
        var strings = Environ(server, "/inner/environ", Spoofed);
        Assert.Equal("https", strings["wsgi.url_scheme"]);
        Assert.Equal("198.51.100.7", strings["REMOTE_ADDR"]);
        Assert.Equal("on", strings["HTTPS"]);
        Assert.Equal("www.example.com", strings["HTTP_HOST"]);
        Assert.Equal("server.example", strings["SERVER_NAME"]);
        Assert.Equal("8443", strings["SERVER_PORT"]);
        Assert.Equal("/shop", strings["SCRIPT_NAME"]);
        Assert.Equal("/environ", strings["PATH_INFO"]);
        Assert.Equal("198.51.100.7", strings["HTTP_X_FORWARDED_FOR"]);
        Assert.DoesNotContain("HTTP_X_REAL_IP", strings.Keys);
        Assert.DoesNotContain("HTTP_FORWARDED", strings.Keys);
        server.WaitForLog("198.51.100.7 - - [");
    }

    [Fact]
    public void What_anybody_else_says_is_removed()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance(["--trust-proxy", "10.99.99.99", .. Headers]));
        var strings = Environ(server, "/environ", Spoofed);
        Assert.Equal("http", strings["wsgi.url_scheme"]);
        Assert.Equal("127.0.0.1", strings["REMOTE_ADDR"]);
        Assert.Equal("test", strings["HTTP_HOST"]);
        Assert.Equal("test", strings["SERVER_NAME"]);
        Assert.Equal("80", strings["SERVER_PORT"]);
        Assert.Equal("", strings["SCRIPT_NAME"]);
        Assert.DoesNotContain("HTTPS", strings.Keys);
        Assert.DoesNotContain(strings.Keys, static key => key.StartsWith("HTTP_X_", StringComparison.Ordinal));
        Assert.DoesNotContain("HTTP_FORWARDED", strings.Keys);
    }

    [Fact]
    public void Where_nobody_is_trusted_it_is_removed_too_and_said_once()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance());
        for (var i = 0; i < 2; i++)
        {
            var strings = Environ(server, "/environ", Spoofed + "Via: 1.1 proxy\r\nX-Own: kept\r\n");
            Assert.Equal("127.0.0.1", strings["REMOTE_ADDR"]);
            Assert.Equal("http", strings["wsgi.url_scheme"]);
            Assert.Equal(
                ["HTTP_X_OWN"], strings.Keys.Where(static key => key.StartsWith("HTTP_X_", StringComparison.Ordinal)));
            Assert.DoesNotContain("HTTP_FORWARDED", strings.Keys);
            Assert.Equal("1.1 proxy", strings["HTTP_VIA"]);
        }

        server.WaitForLog("from a request of 127.0.0.1, as is all that proxies tell");
        Assert.Equal(2, server.Errors.Split("was removed from a request").Length);
    }

    [Fact]
    public void Names_and_HTTPS_are_judged_by_what_the_proxy_says()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance(
            ["--trust-proxy", "127.0.0.1", .. Headers, "--https-only", "--server-name", "www.example.com"]));
        Assert.Equal(421, Servers.Get(server.Port, "/hello").Status);
        Assert.Equal(200, Servers.Get(
            server.Port, "/hello", "X-Forwarded-Host: www.example.com\r\nX-Forwarded-Proto: https\r\n").Status);
        var plain = Servers.Get(server.Port, "/hello", "X-Forwarded-Host: www.example.com\r\nX-Forwarded-Proto: http\r\n");
        Assert.Equal(308, plain.Status);
        Assert.Equal("https://www.example.com/hello", plain["Location"]);
    }

    [Fact]
    public void Nginx_in_front_is_believed_and_its_clients_are_not()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance(["--trust-proxy", "127.0.0.1", .. Headers]));
        using var nginx = NginxProxy.Start(
            server.Port,
            """
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto https;
            proxy_set_header X-Forwarded-Host $host;
            proxy_set_header X-Forwarded-Port 8443;
            proxy_set_header X-Script-Name /shop;
            """);
        var strings = Environ(
            nginx.Port,
            "/environ",
            Spoofed.Replace("198.51.100.7", "not an address, 198.51.100.7", StringComparison.Ordinal));
        // nginx appends its own client, which is on this machine and trusted; the next one is the client.
        Assert.Equal("198.51.100.7", strings["REMOTE_ADDR"]);
        Assert.Equal("198.51.100.7, 127.0.0.1", strings["HTTP_X_FORWARDED_FOR"]);
        Assert.Equal("test", strings["HTTP_HOST"]);
        Assert.Equal("8443", strings["SERVER_PORT"]);
        Assert.Equal("on", strings["HTTPS"]);
        Assert.DoesNotContain("HTTP_X_REAL_IP", strings.Keys);
    }

    private static Dictionary<string, string> Environ(ServerProcess server, string target, string headers) =>
        Environ(server.Port, target, headers);

    private static Dictionary<string, string> Environ(int port, string target, string headers)
    {
        var reply = Servers.Get(port, target, headers);
        Assert.True(reply.Status == 200, reply.Text);
        return JsonDocument.Parse(reply.Text).RootElement.GetProperty("strings").EnumerateObject().ToDictionary(
            static item => item.Name, static item => item.Value.GetString()!);
    }
}
