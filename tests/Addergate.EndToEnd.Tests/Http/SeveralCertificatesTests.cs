using Addergate.EndToEnd.Tests.Harness;

namespace Addergate.EndToEnd.Tests.Http;

/// <summary>Several certificates in one server, chosen by the name that the client asks for (SNI), and their chains.
/// </summary>
public sealed class SeveralCertificatesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Each_client_gets_the_certificate_with_the_name_that_it_asks_for()
    {
        Certificates.Make(_directory.Path, "www", "DNS:www.example.com,DNS:localhost");
        Certificates.Make(_directory.Path, "shop", "DNS:shop.example.net,DNS:*.wild.example");
        // No alternative names: then the common name counts.
        Certificates.Make(_directory.Path, "authority");
        Certificates.Sign(_directory.Path, "authority", "old", "/O=Old/CN=old.example.org", "");
        using var server = Start(
            "--ssl-certificate", _directory.In("www"),
            "--ssl-certificate-file", _directory.In("shop.crt"), "--ssl-certificate-file", _directory.In("old.crt"),
            "--ssl-certificate-key-file", _directory.In("shop.key"), "--ssl-certificate-key-file", _directory.In("old.key"));
        foreach (var (name, subject) in ((string, string)[])
        [
            ("www.example.com", "CN=www"), ("SHOP.example.net", "CN=shop"), ("a.wild.example", "CN=shop"),
            ("a.b.wild.example", "CN=www"), ("wild.example", "CN=www"), ("old.example.org", "CN=old.example.org"),
            ("unknown.example", "CN=www"), ("", "CN=www"),
        ])
        {
            Assert.Equal(subject, Subject(server, name));
        }

        // One that is renewed does not wait for one that is broken.
        Certificates.Make(_directory.Path, "next", "DNS:shop.example.net");
        File.WriteAllText(_directory.In("www.crt"), "garbage");
        File.Copy(_directory.In("next.key"), _directory.In("shop.key"), overwrite: true);
        File.Copy(_directory.In("next.crt"), _directory.In("shop.crt"), overwrite: true);
        server.WaitForLog("the changed certificate is not used, the one from before is: " + _directory.In("www.crt"));
        Until.True(() => Subject(server, "shop.example.net") == "CN=next", "the renewed one", () => server.Logs);
        Assert.Equal("CN=www", Subject(server, "www.example.com"));
        Assert.Equal("CN=www", Subject(server, "a.wild.example"));
    }

    [Fact]
    public void The_names_of_the_site_and_its_transport_are_as_with_one()
    {
        Certificates.Make(_directory.Path, "www", "DNS:www.example.com");
        Certificates.Make(_directory.Path, "shop", "DNS:shop.example.net");
        using var server = Start(
            "--ssl-certificate", _directory.In("www"), "--ssl-certificate", _directory.In("shop"),
            "--server-name", "www.example.com", "--server-alias", "shop.example.net", "--https-only",
            "--hsts-policy", "max-age=5");
        foreach (var name in (string[])["www", "shop"])
        {
            var host = name == "www" ? "www.example.com" : "shop.example.net";
            var answer = Tool.Succeed(
                "curl", "-sSD-", "--http1.1", "--cacert", _directory.In(name + ".crt"), "-L",
                "--resolve", $"{host}:{server.HttpsPort}:127.0.0.1", "--resolve", $"{host}:{server.Port}:127.0.0.1",
                $"http://{host}:{server.Port}/hello");
            Assert.StartsWith("HTTP/1.1 308 ", answer, StringComparison.Ordinal);
            Assert.Contains($"\r\nLocation: https://{host}:{server.HttpsPort}/hello\r\n", answer, StringComparison.Ordinal);
            Assert.Contains("\r\nStrict-Transport-Security: max-age=5\r\n", answer, StringComparison.Ordinal);
            Assert.EndsWith("\r\n\r\nhello\n", answer, StringComparison.Ordinal);
        }

        Assert.Equal("421", Tool.Succeed(
            "curl", "-sSk", "-o", "/dev/null", "-w", "%{http_code}", "--resolve", $"other.example:{server.HttpsPort}:127.0.0.1",
            $"https://other.example:{server.HttpsPort}/hello"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Intermediates_are_sent_from_a_file_of_their_own_or_from_behind_the_certificate(bool inFileOfTheirOwn)
    {
        Certificates.Make(_directory.Path, "authority");
        Certificates.Sign(_directory.Path, "authority", "between", "/CN=between", "basicConstraints=critical,CA:TRUE\n");
        Certificates.Sign(_directory.Path, "between", "site", "/CN=site", "subjectAltName=DNS:localhost\n");
        string[] options = [];
        if (inFileOfTheirOwn)
        {
            options = ["--ssl-certificate-chain-file", _directory.In("between.crt")];
        }
        else
        {
            File.AppendAllText(_directory.In("site.crt"), File.ReadAllText(_directory.In("between.crt")));
        }

        using var server = Start(["--ssl-certificate", _directory.In("site"), .. options]);
        Assert.Equal("hello\n", Tool.Succeed(
            "curl", "-sS", "--cacert", _directory.In("authority.crt"), $"https://localhost:{server.HttpsPort}/hello"));
    }

    [Fact]
    public void What_clients_will_refuse_is_said_at_the_start()
    {
        Certificates.Make(_directory.Path, "authority");
        Certificates.Sign(_directory.Path, "authority", "site", "/CN=site", "subjectAltName=DNS:localhost\n", days: -1);
        using var server = Start("--ssl-certificate", _directory.In("site"), "--server-name", "www.example.com");
        Assert.Contains($"warning: the certificate in {_directory.In("site.crt")} has expired on ", server.Errors, StringComparison.Ordinal);
        Assert.Contains("warning: no certificate is for www.example.com", server.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private static ServerProcess Start(params string[] options) =>
        ServerProcess.Start(ServerStart.Conformance(["--https-port", "0", .. options]));

    private static string Subject(ServerProcess server, string name)
    {
        var names = name.Length > 0 ? $"-servername {name}" : "-noservername";
        var text = Tool.Succeed(
            "sh", "-c", $"openssl s_client -connect 127.0.0.1:{server.HttpsPort} {names} </dev/null 2>/dev/null | "
            + "openssl x509 -noout -subject -nameopt multiline");
        var line = text.Split('\n').Single(static line => line.TrimStart().StartsWith("commonName", StringComparison.Ordinal));
        return "CN=" + line.Split('=')[1].Trim();
    }
}
