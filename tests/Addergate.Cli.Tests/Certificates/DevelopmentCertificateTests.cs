using System.Security.Cryptography.X509Certificates;
using Addergate.Cli.Certificates;
using Addergate.Settings.Model;

namespace Addergate.Cli.Tests.Certificates;

public sealed class DevelopmentCertificateTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("addergate-test-");
    private readonly FixedTime _time = new(MadeCertificate.Start);

    private string PairFile => Path.Combine(_directory.FullName, "state/addergate/https-dev.pem");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void It_is_made_once_for_the_owner_alone()
    {
        Assert.Null(DevelopmentCertificate.Ensure(Settings("localhost", "127.0.0.1", "::1"), _time));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PairFile));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(PairFile)!));
        var first = File.ReadAllText(PairFile);
        Assert.Null(DevelopmentCertificate.Ensure(Settings("localhost"), _time));
        Assert.Equal(first, File.ReadAllText(PairFile));

        using var certificate = X509Certificate2.CreateFromPem(first, first);
        Assert.True(certificate.MatchesHostname("localhost"));
        Assert.True(certificate.MatchesHostname("::1"));
        Assert.False(certificate.MatchesHostname("example.com"));
        Assert.True(certificate.HasPrivateKey);
        var shown = File.ReadAllText(DevelopmentCertificate.PublicFile(Settings("localhost")));
        Assert.DoesNotContain("PRIVATE", shown, StringComparison.Ordinal);
        Assert.StartsWith(shown.Trim(), first, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_name_makes_a_new_one_that_has_the_old_names_too()
    {
        DevelopmentCertificate.Ensure(Settings("localhost", "a.test"), _time);
        Assert.Null(DevelopmentCertificate.Ensure(Settings("localhost", "*.b.test"), _time));
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(PairFile);
        Assert.True(certificate.MatchesHostname("a.test"));
        Assert.True(certificate.MatchesHostname("x.b.test"));
        var both = File.ReadAllText(PairFile);
        DevelopmentCertificate.Ensure(Settings("a.test"), _time);
        Assert.Equal(both, File.ReadAllText(PairFile));
    }

    [Theory]
    [InlineData(380, true)]
    [InlineData(384, false)]
    public void One_that_is_about_to_expire_is_made_anew(int days, bool isKept)
    {
        DevelopmentCertificate.Ensure(Settings("localhost"), _time);
        var first = File.ReadAllText(PairFile);
        _time.Now += TimeSpan.FromDays(days);
        DevelopmentCertificate.Ensure(Settings("localhost"), _time);
        Assert.Equal(isKept, first == File.ReadAllText(PairFile));
    }

    [Fact]
    public void A_damaged_one_is_made_anew()
    {
        DevelopmentCertificate.Ensure(Settings("localhost"), _time);
        File.WriteAllText(PairFile, "half of");
        Assert.Null(DevelopmentCertificate.Ensure(Settings("localhost"), _time));
        Assert.StartsWith("-----BEGIN CERTIFICATE", File.ReadAllText(PairFile), StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_a_mistake()
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "state"), "");
        var mistake = DevelopmentCertificate.Ensure(Settings("localhost"), _time)?.ToString();
        Assert.StartsWith("--https-dev: cannot keep a certificate in ", mistake, StringComparison.Ordinal);
        Assert.EndsWith("; name a directory that can be written in XDG_STATE_HOME", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_real_certificate_nothing_is_made()
    {
        Assert.Null(DevelopmentCertificate.Ensure(Settings(), _time));
        Assert.Empty(_directory.GetFileSystemInfos());
    }

    private TlsSettings Settings(params string[] names) => new()
    {
        Certificates = [new CertificatePair(PairFile, PairFile)],
        DevelopmentNames = names,
    };
}
