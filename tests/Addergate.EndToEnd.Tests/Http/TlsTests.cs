using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Http;

public sealed class TlsTests(TlsTests.SecureServer secure) : IClassFixture<TlsTests.SecureServer>
{
    private string Address => $"https://127.0.0.1:{secure.Server.HttpsPort}";

    [Fact]
    public void Curl_gets_HTTP_2_over_TLS_by_default()
    {
        var output = Tool.Succeed("curl", "-sS", "-k", "-w", " %{http_version} %{http_code}", Address + "/hello");
        Assert.Equal("hello\n 2 200", output);
    }

    [Fact]
    public void Curl_gets_HTTP_1_1_over_TLS_when_it_asks()
    {
        var output = Tool.Succeed("curl", "-sS", "-k", "--http1.1", "-w", " %{http_version}", Address + "/hello");
        Assert.Equal("hello\n 1.1", output);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void Both_versions_of_TLS_are_spoken(SslProtocols version) =>
        Assert.Equal(version, Handshake(version).Version);

    [Fact]
    public void Older_versions_are_not()
    {
        foreach (var newest in (string[])["1.0", "1.1"])
        {
            Assert.NotEqual(0, Tool.Run("curl", "-sS", "-k", "--tlsv1.0", "--tls-max", newest, Address).Status);
        }
    }

    [Fact]
    public void Plain_HTTP_at_the_port_of_HTTPS_is_told_so()
    {
        var reply = Servers.Get(secure.Server.HttpsPort, "/hello");
        Assert.Equal(400, reply.Status);
        Assert.Equal("400 Bad Request: this port speaks HTTPS alone; the URL has to begin with https.\r\n", reply.Text);
    }

    [Fact]
    public void The_environ_says_that_it_is_secure()
    {
        var environ = JsonDocument.Parse(Tool.Succeed("curl", "-sS", "-k", Address + "/validated/environ")).RootElement;
        var strings = environ.GetProperty("strings");
        Assert.Equal("on", strings.GetProperty("HTTPS").GetString());
        Assert.Equal("TLSv1.3", strings.GetProperty("SSL_PROTOCOL").GetString());
        Assert.StartsWith("TLS_", strings.GetProperty("SSL_CIPHER").GetString(), StringComparison.Ordinal);
        Assert.Equal("HTTP/2", strings.GetProperty("SERVER_PROTOCOL").GetString()![..6]);
        Assert.Equal($"127.0.0.1:{secure.Server.HttpsPort}", strings.GetProperty("HTTP_HOST").GetString());

        var scheme = Tool.Succeed("curl", "-sS", "-k", Address + "/start_response?case=no_reason");
        Assert.Equal("passed no_reason", scheme);
    }

    [Fact]
    public void Bodies_go_both_ways_over_HTTP_2()
    {
        var body = Path.Combine(secure.Directory, "body");
        var bytes = new byte[5_000_000];
        new Random(3).NextBytes(bytes);
        File.WriteAllBytes(body, bytes);
        foreach (var version in (string[])["--http1.1", "--http2"])
        {
            foreach (var framing in (string[])["Transfer-Encoding:", "Transfer-Encoding: chunked"])
            {
                var back = Path.Combine(secure.Directory, "back");
                Tool.Succeed(
                    "curl", "-sS", "-k", version, "-H", framing, "-H", "Expect:", "--data-binary", "@" + body,
                    "-o", back, Address + "/echo");
                Assert.Equal(bytes, File.ReadAllBytes(back));
            }
        }
    }

    [Fact]
    public void Many_streams_at_once_are_all_answered()
    {
        var output = Tool.Succeed("h2load", "-n", "5000", "-c", "5", "-m", "50", Address + "/hello");
        Assert.Contains("5000 succeeded, 0 failed, 0 errored", output, StringComparison.Ordinal);
        Assert.Contains("5000 2xx, 0 3xx, 0 4xx, 0 5xx", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Nghttp_sees_headers_trailers_and_resets_as_they_should_be()
    {
        var output = Tool.Succeed("nghttp", "-v", "-n", "--no-verify-peer", Address + "/iterable?kind=generator");
        Assert.Contains(":status: 200", output, StringComparison.Ordinal);
        Assert.DoesNotContain("transfer-encoding", output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("connection:", output, StringComparison.OrdinalIgnoreCase);

        // A response that breaks off must not look complete: a reset stream, never END_STREAM.
        var broken = Tool.Run("nghttp", "-v", "-n", "--no-verify-peer", Address + "/failing?what=exception&when=second");
        Assert.Contains("recv RST_STREAM frame", broken.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_certificate_is_used_without_a_restart()
    {
        var before = Handshake(SslProtocols.Tls13).Subject;
        var (certificate, key) = Certificates.Make(secure.Directory, "renewed" + Servers.NewName());
        var frontEnd = secure.Server.FrontEnd().Id;
        File.Move(key, secure.Key, overwrite: true);
        File.Move(certificate, secure.Certificate, overwrite: true);
        Until.True(
            () => Handshake(SslProtocols.Tls13).Subject.Contains("renewed", StringComparison.Ordinal),
            "the new certificate", () => secure.Server.Logs);

        Assert.NotEqual(before, Handshake(SslProtocols.Tls13).Subject);
        Assert.Equal(frontEnd, secure.Server.FrontEnd().Id);
        Assert.Equal("hello\n", Tool.Succeed("curl", "-sS", "-k", Address + "/hello"));

        // One that cannot be used changes nothing.
        File.WriteAllText(secure.Certificate, "garbage");
        secure.Server.WaitForLog(secure.Certificate);
        Assert.Contains("renewed", Handshake(SslProtocols.Tls13).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_HTTP_on_the_TLS_port_is_not_answered_as_if_it_were_fine()
    {
        using var conversation = new Conversation(secure.Server.HttpsPort);
        conversation.Send("GET /hello HTTP/1.1\r\nHost: test\r\n\r\n");
        Assert.DoesNotContain("200 OK", conversation.ReceiveText(1000), StringComparison.Ordinal);
    }

    private (SslProtocols Version, string Subject) Handshake(SslProtocols version)
    {
        using var client = new TcpClient("127.0.0.1", secure.Server.HttpsPort);
        using var stream = new SslStream(client.GetStream());
        X509Certificate2? seen = null;
        stream.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = version,
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            {
                seen = new X509Certificate2(certificate!);
                return true;
            },
        });
        return (stream.SslProtocol, seen!.Subject);
    }

    public sealed class SecureServer : IDisposable
    {
        public SecureServer()
        {
            Directory = System.IO.Directory.CreateTempSubdirectory("ag-tls-").FullName;
            (Certificate, Key) = Certificates.Make(Directory, "first");
            Server = ServerProcess.Start(ServerStart.Conformance(
                "--queue-limit", "1000",
                "--https-port", "0", "--ssl-certificate-file", Certificate, "--ssl-certificate-key-file", Key));
        }

        public string Directory { get; }

        public string Certificate { get; }

        public string Key { get; }

        internal ServerProcess Server { get; }

        public void Dispose()
        {
            Server.Dispose();
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }
}
