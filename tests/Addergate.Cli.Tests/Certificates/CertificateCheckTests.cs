using System.Security.Cryptography;
using Addergate.Cli.Certificates;
using Addergate.Settings.Model;
using Addergate.Settings.Resolution;

namespace Addergate.Cli.Tests.Certificates;

public sealed class CertificateCheckTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("addergate-test-");
    private readonly MadeCertificate _good = new();
    private readonly FixedTime _time = new(MadeCertificate.Start.AddYears(5));

    public void Dispose()
    {
        _good.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void A_pair_that_belongs_together_is_taken()
    {
        var check = Check(_good.Pem, _good.KeyPem);
        Assert.Empty(check.Mistakes);
        Assert.Empty(check.Warnings);
    }

    [Fact]
    public void A_key_of_another_certificate_is_told()
    {
        using var other = new MadeCertificate();
        Assert.Contains("does not fit the certificate", Mistake(_good.Pem, other.KeyPem), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_with_a_passphrase_is_told()
    {
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000);
        Assert.Contains(
            "is encrypted; take the passphrase off with openssl pkey",
            Mistake(_good.Pem, _good.Key.ExportEncryptedPkcs8PrivateKeyPem("secret", parameters)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "has no certificate in PEM")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "cannot be read")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAA", "cannot be read")]
    public void A_file_without_a_certificate_is_told(string pem, string problem) =>
        Assert.Contains(problem, Mistake(pem, _good.KeyPem), StringComparison.Ordinal);

    [Fact]
    public void A_file_without_a_key_is_told() =>
        Assert.Contains("has no private key in PEM", Mistake(_good.Pem, _good.Pem), StringComparison.Ordinal);

    [Fact]
    public void All_that_is_wrong_with_all_files_is_told_at_once()
    {
        var files = Write(_good.Pem, _good.KeyPem);
        var bad = Path.Combine(_directory.FullName, "bad.pem");
        File.WriteAllText(bad, "nothing");
        var check = Check(files with
        {
            Certificates = [new CertificatePair(bad, bad), .. files.Certificates, new CertificatePair(files.Certificates[0].CertificateFile, bad)],
            ChainFile = bad,
            ClientAuthorityFile = bad,
        });
        Assert.Equal(
            ["--ssl-certificate-file", "--ssl-certificate-key-file", "--ssl-certificate-chain-file", "--ssl-ca-certificate-file"],
            check.Mistakes.Select(static mistake => mistake.ToString().Split(':')[0]));
    }

    [Theory]
    [InlineData(-1, "is valid from 2026-01-01 on: clients refuse it until then")]
    [InlineData(11, "has expired on 2036-01-01: clients refuse it")]
    public void One_that_clients_refuse_is_warned_of(int years, string warning)
    {
        _time.Now = MadeCertificate.Start.AddYears(years);
        var check = Check(_good.Pem, _good.KeyPem);
        Assert.Empty(check.Mistakes);
        Assert.EndsWith(warning, Assert.Single(check.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_not_for_the_sites_name_is_warned_of()
    {
        var tls = Write(_good.Pem, _good.KeyPem);
        Assert.Empty(Check(tls, "localhost").Warnings);
        Assert.Equal(
            "no certificate is for www.example.com, which --server-name names: clients refuse it",
            Assert.Single(Check(tls, "www.example.com").Warnings));
    }

    private string Mistake(string certificate, string key) =>
        Assert.Single(Check(certificate, key).Mistakes).ToString();

    private CertificateCheck Check(string certificate, string key) => Check(Write(certificate, key));

    private CertificateCheck Check(TlsSettings tls, string? name = null) =>
        CertificateCheck.Of(new CertificateTarget(tls, name), _time);

    private TlsSettings Write(string certificate, string key)
    {
        var certificateFile = Path.Combine(_directory.FullName, "site.pem");
        var keyFile = Path.Combine(_directory.FullName, "site.key");
        File.WriteAllText(certificateFile, certificate);
        File.WriteAllText(keyFile, key);
        return new TlsSettings { Certificates = [new CertificatePair(certificateFile, keyFile)] };
    }
}
