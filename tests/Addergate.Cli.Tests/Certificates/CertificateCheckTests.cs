using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Addergate.Cli.Certificates;
using Addergate.Settings.Model;

namespace Addergate.Cli.Tests.Certificates;

public sealed class CertificateCheckTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("addergate-test-");
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _certificatePem;

    public CertificateCheckTests()
    {
        var request = new CertificateRequest("CN=localhost", _key, HashAlgorithmName.SHA256);
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var certificate = request.CreateSelfSigned(now, now.AddYears(10));
        _certificatePem = certificate.ExportCertificatePem();
    }

    public void Dispose()
    {
        _key.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void A_pair_that_belongs_together_is_taken() => Assert.Null(Check(_certificatePem, _key.ExportPkcs8PrivateKeyPem()));

    [Fact]
    public void A_key_of_another_certificate_is_told()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Contains("does not fit the certificate", Check(_certificatePem, other.ExportPkcs8PrivateKeyPem()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_with_a_passphrase_is_told()
    {
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000);
        Assert.Contains(
            "is encrypted; take the passphrase off with openssl pkey",
            Check(_certificatePem, _key.ExportEncryptedPkcs8PrivateKeyPem("secret", parameters)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "has no certificate in PEM")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "cannot be read")]
    public void A_file_without_a_certificate_is_told(string pem, string problem) =>
        Assert.Contains(problem, Check(pem, _key.ExportPkcs8PrivateKeyPem()), StringComparison.Ordinal);

    [Fact]
    public void A_file_without_a_key_is_told() =>
        Assert.Contains("has no private key in PEM", Check(_certificatePem, _certificatePem), StringComparison.Ordinal);

    private string? Check(string certificate, string key)
    {
        var certificateFile = Path.Combine(_directory.FullName, "site.pem");
        var keyFile = Path.Combine(_directory.FullName, "site.key");
        File.WriteAllText(certificateFile, certificate);
        File.WriteAllText(keyFile, key);
        return CertificateCheck.Find(new ListenSettings
        {
            Host = "127.0.0.1",
            HostReason = "",
            Port = 0,
            HttpsPort = 0,
            CertificateFile = certificateFile,
            CertificateKeyFile = keyFile,
            PlainHttp2 = false,
            Backlog = 1,
        })?.ToString();
    }
}
