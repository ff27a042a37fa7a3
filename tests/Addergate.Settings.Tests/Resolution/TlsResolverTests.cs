using Addergate.Settings.Model;
using Addergate.Settings.Tests.Machines;

namespace Addergate.Settings.Tests.Resolution;

public sealed class TlsResolverTests
{
    private static FakeMachine Machine => new FakeMachine()
        .Files("/srv/site.pem", "/srv/site.crt", "/srv/site.key", "/srv/b.crt", "/srv/b.key", "/srv/half.crt").Set("HOME", "/home/alice");

    [Fact]
    public void HTTPS_needs_a_port_a_certificate_and_a_key()
    {
        var listen = Resolve.Good(
            "--https-port 8443 --ssl-certificate-file site.pem --ssl-certificate-key-file site.key", Machine).Listen;
        Assert.Equal(8443, listen.HttpsPort);
        Assert.Equal([new CertificatePair("/srv/site.pem", "/srv/site.key")], listen.Tls.Certificates);
        Assert.Empty(listen.Tls.DevelopmentNames);
        Assert.Null(Resolve.Good("").Listen.HttpsPort);
    }

    [Theory]
    [InlineData("--https-port 8443",
        "--https-port needs a certificate; add --ssl-certificate-file and --ssl-certificate-key-file, or for development --https-dev")]
    [InlineData("--https-port 8443 --ssl-certificate-file site.pem",
        "--ssl-certificate-file is given without its key; add --ssl-certificate-key-file")]
    [InlineData("--https-port 8443 --ssl-certificate-key-file site.key",
        "--ssl-certificate-key-file is given without its certificate; add --ssl-certificate-file")]
    [InlineData("--ssl-certificate-file site.pem --ssl-certificate-key-file site.key",
        "--ssl-certificate-file is given, but no port for HTTPS; add --https-port")]
    [InlineData("--https-port 8443 --ssl-certificate-file /srv --ssl-certificate-key-file site.key",
        "--ssl-certificate-file: /srv is a directory, not a file")]
    [InlineData("--https-port 8443 --ssl-certificate-file no.pem --ssl-certificate-key-file site.key",
        "--ssl-certificate-file: there is no file /srv/no.pem")]
    [InlineData("--https-port 1 --ssl-certificate-file site.pem --ssl-certificate-file site.pem --ssl-certificate-key-file site.key",
        "--ssl-certificate-file and --ssl-certificate-key-file name 2 and 1 files; give one key for each certificate, in "
        + "the same order")]
    [InlineData("--https-port 1 --ssl-certificate half", "--ssl-certificate: there is no file /srv/half.key")]
    [InlineData("--https-port 1 --https-dev --ssl-certificate site",
        "--https-dev makes a certificate for development, and --ssl-certificate names a real one; leave one of them out; "
        + "--https-port alone turns HTTPS on with the real one")]
    [InlineData("--https-dev --ssl-certificate-chain-file site.pem",
        "--https-dev makes a certificate for development, and --ssl-certificate-chain-file names a real one; leave one of them "
        + "out; --https-port alone turns HTTPS on with the real one")]
    [InlineData("--https-dev --port 8443",
        "--https-dev: port 8443 is the one for HTTP already; give --https-port and --port different ports")]
    [InlineData("--ssl-ca-certificate-file site.pem",
        "--ssl-ca-certificate-file is given, but no port for HTTPS; add --https-port")]
    [InlineData("--https-dev --ssl-verify-client /admin",
        "--ssl-verify-client is given, but nobody who vouches for clients; add --ssl-ca-certificate-file")]
    [InlineData("--https-dev --ssl-ca-certificate-file site.pem --ssl-verify-client admin",
        "--ssl-verify-client: the URL \"admin\" does not begin with a slash; write a path as in /static")]
    [InlineData("--ssl-environment", "--ssl-environment is given, but no port for HTTPS; add --https-port")]
    [InlineData("--https-port 8000 --ssl-certificate-file site.pem --ssl-certificate-key-file site.key",
        "--https-port: port 8000 is the one for HTTP already; give --https-port and --port different ports")]
    public void What_is_missing_for_HTTPS_is_told(string line, string mistake) =>
        Assert.Equal(mistake, Resolve.Mistake(line, Machine));

    [Fact]
    public void A_key_that_cannot_be_read_is_told()
    {
        var machine = Machine;
        machine.Unreadable.Add("/srv/site.key");
        Assert.Equal(
            "--ssl-certificate-key-file: /srv/site.key cannot be read: Permission denied",
            Resolve.Mistake(
                "--https-port 1 --ssl-certificate-file site.pem --ssl-certificate-key-file site.key", machine));
    }

    [Fact]
    public void The_older_names_and_forms_of_express_are_taken()
    {
        var listen = Resolve.Good("--ssl-port 8443 --ssl-certificate site", Machine).Listen;
        Assert.Equal(8443, listen.HttpsPort);
        Assert.Equal([new CertificatePair("/srv/site.crt", "/srv/site.key")], listen.Tls.Certificates);
    }

    [Fact]
    public void There_may_be_several_certificates_each_with_its_key()
    {
        CertificatePair[] both = [new("/srv/site.crt", "/srv/site.key"), new("/srv/b.crt", "/srv/b.key")];
        Assert.Equal(both, Resolve.Good(
            "--https-port 1 --ssl-certificate site --ssl-certificate b", Machine).Listen.Tls.Certificates);
        Assert.Equal(both, Resolve.Good(
            "--https-port 1 --ssl-certificate-file site.crt --ssl-certificate-file b.crt "
            + "--ssl-certificate-key-file site.key --ssl-certificate-key-file b.key", Machine).Listen.Tls.Certificates);
        Assert.Equal(both, Resolve.Good(
            "--https-port 1 --ssl-certificate site --ssl-certificate-file b.crt --ssl-certificate-key-file b.key",
            Machine).Listen.Tls.Certificates);
    }

    [Fact]
    public void A_configuration_file_may_write_one_or_a_list()
    {
        const string One = """{"https-port": 1, "ssl-certificate-file": "site.pem", "ssl-certificate-key-file": "site.key"}""";
        Assert.Equal(
            [new CertificatePair("/srv/site.pem", "/srv/site.key")],
            Resolve.GoodFile(One, machine: Machine).Listen.Tls.Certificates);
        const string Two = """{"ssl_port": 1, "ssl-certificate": ["site", "b"]}""";
        Assert.Equal(2, Resolve.GoodFile(Two, machine: Machine).Listen.Tls.Certificates.Count);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("--ssl-verify-client /", true)]
    [InlineData("--ssl-verify-client /admin/ --ssl-verify-client /", true)]
    [InlineData("--ssl-verify-client /admin/ --ssl-verify-client /api", false)]
    public void Clients_need_a_certificate_everywhere_or_below_some_paths(string line, bool everywhere)
    {
        var tls = Resolve.Good(
            "--https-port 1 --ssl-certificate site --ssl-ca-certificate-file site.pem " + line, Machine).Listen.Tls;
        Assert.Equal(everywhere, tls.VerifiesAll());
        Assert.Equal(everywhere ? [] : ["/admin", "/api"], tls.VerifiedPaths);
        Assert.Equal("/srv/site.pem", tls.ClientAuthorityFile);
    }

    [Fact]
    public void For_development_a_port_and_a_certificate_are_chosen()
    {
        var listen = Resolve.Good("--https-dev", Machine).Listen;
        Assert.Equal(8443, listen.HttpsPort);
        var kept = Assert.Single(listen.Tls.Certificates);
        Assert.Equal("/home/alice/.local/state/addergate/https-dev.pem", kept.CertificateFile);
        Assert.Equal(kept.CertificateFile, kept.KeyFile);
        Assert.Equal(["localhost", "127.0.0.1", "::1"], listen.Tls.DevelopmentNames);
        Assert.Equal(444, Resolve.Good("--https-dev --https-port 444", Machine).Listen.HttpsPort);
    }

    [Fact]
    public void Its_names_are_those_that_the_server_has()
    {
        var tls = Resolve.Good(
            "--https-dev --host 10.0.0.7 --server-name www.Example.test --server-alias *.example.test --server-alias b?.test",
            Machine).Listen.Tls;
        Assert.Equal(
            ["localhost", "127.0.0.1", "::1", "10.0.0.7", "www.example.test", "*.example.test"], tls.DevelopmentNames);
    }

    [Theory]
    [InlineData("XDG_STATE_HOME", "/state", "/state/addergate/https-dev.pem")]
    [InlineData("XDG_STATE_HOME", "state", "/home/alice/.local/state/addergate/https-dev.pem")]
    [InlineData("STATE_DIRECTORY", "/var/lib/a:/var/lib/b", "/var/lib/a/https-dev.pem")]
    [InlineData("HOME", "", "/var/lib/addergate/https-dev.pem")]
    public void It_is_kept_in_the_users_state(string variable, string value, string file) => Assert.Equal(
        file, Resolve.Good("--https-dev", Machine.Set(variable, value)).Listen.Tls.Certificates[0].CertificateFile);
}
