using System.Text.Json;
using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Http;

/// <summary>Certificates of clients: below a path, everywhere, and what the application is told of them.</summary>
public sealed class ClientCertificateTests : IDisposable
{
    private const string ForClients = "extendedKeyUsage=clientAuth\n";

    private readonly TemporaryDirectory _directory = new();

    public ClientCertificateTests()
    {
        Certificates.Make(_directory.Path, "site", "DNS:localhost,IP:127.0.0.1,email:hostmaster@example.com");
        Certificates.Make(_directory.Path, "authority");
    }

    [Fact]
    public void Below_a_path_only_clients_with_a_certificate_are_answered()
    {
        Sign("alice", ForClients);
        using var server = Start("--ssl-verify-client", "/hello");
        Assert.Equal("200", Ask(server, "/echo"));
        Assert.Equal("404", Ask(server, "/hellos"));
        foreach (var path in (string[])
            ["/hello", "/hello/x", "/hello?a=b", "/%68ello", "//hello", "/x/../hello", "/x%2F..%2Fhello", "/x/..%2Fhello",
                "/x%5C..%5Chello", "/./hello", "/HELLO"])
        {
            Assert.Equal("403", Ask(server, path));
            Assert.Equal("403", Ask(server, path, "--http1.1", "--tls-max", "1.2"));
            Assert.Equal("403", Curl($"http://127.0.0.1:{server.Port}", path));
            Assert.NotEqual("403", Ask(server, path, As("alice")));
        }

        Assert.Equal("200", Ask(server, "/hello", As("alice")));
        Assert.Equal("200", Ask(server, "/hello", [.. As("alice"), "--http1.1", "--tls-max", "1.2"]));
    }

    [Fact]
    public void A_certificate_that_nobody_vouches_for_is_as_good_as_no_handshake()
    {
        Sign("server", "extendedKeyUsage=serverAuth\n");
        Sign("expired", ForClients, days: -1);
        Certificates.Make(_directory.Path, "stranger");
        Certificates.Sign(_directory.Path, "stranger", "friend", "/CN=friend", ForClients);
        Sign("between", "basicConstraints=critical,CA:TRUE\n");
        Certificates.Sign(_directory.Path, "between", "bob", "/CN=bob", ForClients);
        using var server = Start("--ssl-verify-client", "/hello");
        foreach (var name in (string[])["server", "expired", "stranger", "friend", "bob"])
        {
            foreach (var version in (string[])["1.2", "1.3"])
            {
                Assert.NotEqual(0, Run(server, "/echo", [.. As(name), "--tls-max", version]).Status);
            }
        }

        // With the one between him and the authority bob is known.
        File.AppendAllText(_directory.In("bob.crt"), File.ReadAllText(_directory.In("between.crt")));
        Assert.Equal("200", Ask(server, "/hello", As("bob")));
    }

    [Fact]
    public void Without_a_path_nobody_else_is_answered_at_all()
    {
        Sign("alice", ForClients);
        Certificates.Make(_directory.Path, "stranger");
        using var server = Start("--log-level", "debug");
        foreach (var version in (string[])["1.2", "1.3"])
        {
            Assert.NotEqual(0, Run(server, "/echo", "--tls-max", version).Status);
            Assert.Equal("200", Ask(server, "/echo", [.. As("alice"), "--tls-max", version]));
        }

        Assert.NotEqual(0, Run(server, "/echo", As("stranger")).Status);
        server.WaitForLog("has no certificate, and all clients need one");
        server.WaitForLog("for CN=stranger is refused: self-signed certificate");

        Assert.Equal("403", Curl($"http://127.0.0.1:{server.Port}", "/echo"));
    }

    [Fact]
    public void An_authority_that_is_taken_out_of_the_file_counts_no_more()
    {
        Sign("alice", ForClients);
        using var server = Start("--ssl-verify-client", "/hello");
        var session = _directory.In("session");
        Assert.Contains("HTTP/1.1 200", Session("-sess_out", session), StringComparison.Ordinal);
        Certificates.Make(_directory.Path, "other");
        File.Move(_directory.In("other.crt"), _directory.In("authority.crt"), overwrite: true);
        server.WaitForLog("the certificate has changed");
        Until.True(() => Run(server, "/hello", As("alice")).Status != 0, "alice to be unknown", () => server.Logs);
        if (File.Exists(session))
        {
            Assert.DoesNotContain("HTTP/1.1 200", Session("-sess_in", session), StringComparison.Ordinal);
        }

        string Session(params string[] options) => Tool.Run(
            "sh", "-c", "printf 'GET /hello HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' | openssl s_client -quiet -connect "
            + $"127.0.0.1:{server.HttpsPort} -cert {_directory.In("alice.crt")} -key {_directory.In("alice.key")} "
            + string.Join(' ', options)).Output;
    }

    [Fact]
    public void The_application_is_told_who_the_client_is()
    {
        Certificates.Sign(
            _directory.Path, "authority", "alice", "/C=DE/O=Example, Inc./OU=one/OU=two/CN=Alice Übel",
            ForClients + "subjectAltName=email:alice@example.com,DNS:alice.example\n");
        using var server = Start("--ssl-verify-client", "/hello", "--ssl-environment");
        var said = Environ(server, As("alice"));
        Assert.Equal("SUCCESS", said("SSL_CLIENT_VERIFY"));
        Assert.Equal("CN=Alice \u00c3\u009cbel,OU=two,OU=one,O=Example\\, Inc.,C=DE", said("SSL_CLIENT_S_DN"));
        Assert.Equal("Alice \u00c3\u009cbel", said("SSL_CLIENT_S_DN_CN"));
        Assert.Equal(("one", "two", "DE"), (said("SSL_CLIENT_S_DN_OU"), said("SSL_CLIENT_S_DN_OU_1"), said("SSL_CLIENT_S_DN_C")));
        Assert.Equal(("CN=authority", "authority"), (said("SSL_CLIENT_I_DN"), said("SSL_CLIENT_I_DN_CN")));
        Assert.Equal(("alice@example.com", "alice.example"), (said("SSL_CLIENT_SAN_Email_0"), said("SSL_CLIENT_SAN_DNS_0")));
        Assert.Equal("1", said("SSL_CLIENT_V_REMAIN"));
        Assert.Equal(OpenSsl("-serial", "alice"), "serial=" + said("SSL_CLIENT_M_SERIAL"));
        Assert.Equal(OpenSsl("-enddate", "alice"), "notAfter=" + said("SSL_CLIENT_V_END"));
        Assert.Equal(OpenSsl("-startdate", "site"), "notBefore=" + said("SSL_SERVER_V_START"));
        Assert.Equal(("CN=site", "localhost"), (said("SSL_SERVER_S_DN"), said("SSL_SERVER_SAN_DNS_0")));
        Assert.Equal("hostmaster@example.com", said("SSL_SERVER_SAN_Email_0"));
        Assert.Equal(("id-ecPublicKey", "ecdsa-with-SHA256"), (said("SSL_SERVER_A_KEY"), said("SSL_SERVER_A_SIG")));
        Assert.Equal("localhost", said("SSL_TLS_SNI"));
        Assert.StartsWith(said("SSL_CLIENT_CERT"), File.ReadAllText(_directory.In("alice.crt")), StringComparison.Ordinal);

        var old = Environ(server, "--tls-max", "1.2");
        Assert.Equal("TLSv1.2", old("SSL_PROTOCOL"));
        Assert.StartsWith("ECDHE-ECDSA-", old("SSL_CIPHER"), StringComparison.Ordinal);
        Assert.Contains(old("SSL_CIPHER_USEKEYSIZE"), (string[])["128", "256"]);

        string OpenSsl(string what, string name) =>
            Tool.Succeed("openssl", "x509", "-noout", what, "-in", _directory.In(name + ".crt")).Trim();
    }

    [Fact]
    public void A_client_cannot_say_of_itself_who_it_is()
    {
        using var server = Start("--ssl-verify-client", "/hello", "--ssl-environment", "--trust-proxy", "127.0.0.1",
            "--trust-proxy-header", "X-Forwarded-Proto");
        string[] lies =
        [
            "-H", "SSL-Client-Verify: SUCCESS", "-H", "SSL_CLIENT_VERIFY: SUCCESS", "-H", "SSL_CLIENT_S_DN: CN=root",
            "-H", "X-Forwarded-Proto: https", "-H", "X-SSL-Client-Verify: SUCCESS",
        ];
        var over = Environ(server, lies);
        Assert.Equal("NONE", over("SSL_CLIENT_VERIFY"));
        Assert.Null(over("SSL_CLIENT_S_DN"));
        var plain = Strings(Tool.Succeed(
            "curl", ["-sS", .. lies, $"http://localhost:{server.Port}/validated/environ"]));
        Assert.Equal("on", plain("HTTPS"));
        Assert.Null(plain("SSL_CLIENT_VERIFY"));
        Assert.Null(plain("SSL_PROTOCOL"));
        Assert.Equal("403", Curl($"http://127.0.0.1:{server.Port}", "/hello", lies));
    }

    public void Dispose() => _directory.Dispose();

    private ServerProcess Start(params string[] options) => ServerProcess.Start(ServerStart.Conformance(
    [
        "--https-port", "0", "--ssl-certificate", _directory.In("site"),
        "--ssl-ca-certificate-file", _directory.In("authority.crt"), .. options,
    ]));

    private void Sign(string name, string extensions, int days = 2) =>
        Certificates.Sign(_directory.Path, "authority", name, "/CN=" + name, extensions, days);

    private string[] As(string name) => ["--cert", _directory.In(name + ".crt"), "--key", _directory.In(name + ".key")];

    private static string Ask(ServerProcess server, string path, params string[] options) =>
        Curl($"https://127.0.0.1:{server.HttpsPort}", path, options);

    private static string Curl(string address, string path, params string[] options) => Tool.Succeed(
        "curl", ["-sSk", "--path-as-is", "-o", "/dev/null", "-w", "%{http_code}", .. options, address + path]);

    private static Tool Run(ServerProcess server, string path, params string[] options) =>
        Tool.Run("curl", ["-sSk", .. options, $"https://127.0.0.1:{server.HttpsPort}{path}"]);

    private static Func<string, string?> Environ(ServerProcess server, params string[] options) => Strings(Tool.Succeed(
        "curl", ["-sSk", .. options, $"https://localhost:{server.HttpsPort}/validated/environ"]));

    private static Func<string, string?> Strings(string json)
    {
        var strings = JsonDocument.Parse(json).RootElement.GetProperty("strings");
        return name => strings.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
