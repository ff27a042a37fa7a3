using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Http;

/// <summary>The PROXY protocol in front of HTTP/1, HTTP/2 and TLS, through the whole program.</summary>
public sealed class ProxyProtocolTests(ProxyProtocolTests.ProxiedServer proxied) : IClassFixture<ProxyProtocolTests.ProxiedServer>
{
    private const string Version1 = "PROXY TCP4 198.51.100.7 192.0.2.1 4711 443\r\n";

    private const string Ask = "GET /environ HTTP/1.1\r\nHost: test\r\nX-Forwarded-For: 6.6.6.6\r\nConnection: close\r\n\r\n";

    private static readonly byte[] Version2 = Convert.FromHexString("0D0A0D0A000D0A515549540A2111000CC6336407C0000201126701BB");

    [Fact]
    public void The_client_is_whom_the_proxy_names()
    {
        foreach (var preamble in (string[])[Version1, Encoding.Latin1.GetString(Version2)])
        {
            using var conversation = new Conversation(proxied.Server.Port);
            // Byte by byte, as a network may bring it.
            foreach (var c in preamble)
            {
                conversation.Send(c.ToString());
            }

            var strings = Strings(conversation.Send(Ask).Receive().Text);
            Assert.Equal("198.51.100.7", strings["REMOTE_ADDR"]);
            Assert.Equal("4711", strings["REMOTE_PORT"]);
            Assert.Equal("192.0.2.1", strings["SERVER_ADDR"]);
            // It is not the proxy that wrote the request.
            Assert.DoesNotContain("HTTP_X_FORWARDED_FOR", strings.Keys);
        }
    }

    [Fact]
    public void A_connection_of_the_proxys_own_keeps_its_address()
    {
        using var conversation = new Conversation(proxied.Server.Port);
        Assert.Equal("127.0.0.1", Strings(conversation.Send("PROXY UNKNOWN\r\n" + Ask).Receive().Text)["REMOTE_ADDR"]);
    }

    [Theory]
    [InlineData(Ask)]
    [InlineData("PROXY TCP4 localhost 192.0.2.1 4711 443\r\n" + Ask)]
    [InlineData("PROXY TCP4 198.51.100.7")]
    public void Without_it_or_with_a_broken_one_the_connection_ends(string text)
    {
        using var conversation = new Conversation(proxied.Server.Port);
        conversation.Send(text);
        Assert.Equal("", conversation.ReadToEnd(out _));
    }

    [Fact]
    public void A_second_one_is_the_clients_and_no_HTTP()
    {
        using var conversation = new Conversation(proxied.Server.Port);
        Assert.StartsWith(
            "HTTP/1.1 400 ", conversation.Send(Version1 + Version1 + Ask).ReadToEnd(out _), StringComparison.Ordinal);
    }

    [Fact]
    public void From_anybody_else_it_is_no_HTTP()
    {
        using var server = ServerProcess.Start(ServerStart.Conformance("--proxy-protocol", "--trust-proxy", "10.99.99.99"));
        using (var spoofing = new Conversation(server.Port))
        {
            Assert.StartsWith("HTTP/1.1 400 ", spoofing.Send(Version1 + Ask).ReadToEnd(out _), StringComparison.Ordinal);
        }

        using var honest = new Conversation(server.Port);
        Assert.Equal("127.0.0.1", Strings(honest.Send(Ask).Receive().Text)["REMOTE_ADDR"]);
    }

    [Fact]
    public void TLS_comes_after_it()
    {
        using var client = new TcpClient("127.0.0.1", proxied.Server.HttpsPort);
        client.GetStream().Write(Version2);
        using var stream = new SslStream(client.GetStream());
        stream.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
        });
        stream.Write(Encoding.ASCII.GetBytes(Ask));
        var answer = new StreamReader(stream, Encoding.Latin1).ReadToEnd();
        Assert.Contains("\"REMOTE_ADDR\": \"198.51.100.7\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"HTTPS\": \"on\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--http2", true)]
    [InlineData("--http2-prior-knowledge", false)]
    public void HTTP_2_comes_after_it(string version, bool isSecure)
    {
        var address = isSecure ? $"https://127.0.0.1:{proxied.Server.HttpsPort}" : $"http://127.0.0.1:{proxied.Server.Port}";
        var output = Tool.Succeed("curl", "-sSk", "--haproxy-protocol", version, address + "/environ");
        var strings = Strings(output);
        Assert.Equal("HTTP/2", strings["SERVER_PROTOCOL"][..6]);
        Assert.Equal("127.0.0.1", strings["REMOTE_ADDR"]);
    }

    private static Dictionary<string, string> Strings(string json) =>
        JsonDocument.Parse(json).RootElement.GetProperty("strings").EnumerateObject().ToDictionary(
            static item => item.Name, static item => item.Value.GetString()!);

    public sealed class ProxiedServer : IDisposable
    {
        private readonly string _directory = Directory.CreateTempSubdirectory("ag-proxy-").FullName;

        public ProxiedServer()
        {
            var (certificate, key) = Certificates.Make(_directory, "site");
            Server = ServerProcess.Start(ServerStart.Conformance(
                "--proxy-protocol", "--trust-proxy", "127.0.0.1", "--trust-proxy-header", "X-Forwarded-For", "--http2",
                "--https-port", "0", "--ssl-certificate-file", certificate, "--ssl-certificate-key-file", key));
        }

        internal ServerProcess Server { get; }

        public void Dispose()
        {
            Server.Dispose();
            Directory.Delete(_directory, recursive: true);
        }
    }
}
