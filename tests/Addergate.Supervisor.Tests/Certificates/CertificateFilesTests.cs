using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Addergate.Supervisor.Certificates;
using Addergate.Supervisor.Tests.Fakes;

namespace Addergate.Supervisor.Tests.Certificates;

public sealed class CertificateFilesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("addergate-tls-").FullName;

    [Fact]
    public void A_pair_is_read_and_seen_to_change()
    {
        var files = Files();
        Write(NewPair());
        Assert.Null(files.Load());
        Assert.False(files.HaveChanged());
        var next = NewPair();
        Write(next);
        Assert.True(files.HaveChanged());
        Assert.Null(files.Load());
        Assert.Equal(next, (files.Current!.CertificatePem, files.Current.KeyPem));
    }

    [Fact]
    public void Half_of_a_new_pair_is_not_used_and_not_complained_of_twice()
    {
        var files = Files();
        var first = NewPair();
        Write(first);
        files.Load();
        Write((NewPair().Certificate, first.Key));
        Assert.True(files.HaveChanged());
        Assert.Contains("cannot be used with the key", files.Load(), StringComparison.Ordinal);
        Assert.False(files.HaveChanged());
        Assert.Equal(first.Certificate, files.Current!.CertificatePem);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        Assert.Equal($"the certificate {_directory}/cert.pem does not exist", Files().Load());
        File.WriteAllText(Path.Combine(_directory, "cert.pem"), NewPair().Certificate);
        Assert.Equal($"the certificate's key {_directory}/key.pem does not exist", Files().Load());
    }

    [Fact]
    public void A_file_that_vanishes_for_a_moment_is_no_change()
    {
        var files = Files();
        Write(NewPair());
        files.Load();
        File.Delete(Path.Combine(_directory, "key.pem"));
        Assert.False(files.HaveChanged());
    }

    [Fact]
    public void A_key_with_a_pass_phrase_is_refused_with_advice()
    {
        using var key = ECDsa.Create();
        Write((NewPair().Certificate, key.ExportEncryptedPkcs8PrivateKeyPem(
            "secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1))));
        Assert.Contains("pass phrase", Files().Load(), StringComparison.Ordinal);
    }

    [Fact]
    public void Garbage_is_refused()
    {
        Write(("no certificate", "no key"));
        Assert.StartsWith(
            $"the certificate {_directory}/cert.pem cannot be used", Files().Load(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_does_not_fill_the_memory()
    {
        var files = new CertificateFiles(Samples.Listen with
        {
            HttpsPort = 0,
            CertificateFile = "/dev/zero",
            CertificateKeyFile = "/dev/zero",
        });
        Assert.Equal("the certificate /dev/zero is larger than 262144 bytes", files.Load());
    }

    [Fact]
    public void Without_a_tls_port_nothing_is_read() =>
        Assert.Null(new CertificateFiles(Samples.Listen with { CertificateFile = "/nonexistent" }).Load());

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private CertificateFiles Files() => new(Samples.Listen with
    {
        HttpsPort = 0,
        CertificateFile = Path.Combine(_directory, "cert.pem"),
        CertificateKeyFile = Path.Combine(_directory, "key.pem"),
    });

    private void Write((string Certificate, string Key) pair)
    {
        File.WriteAllText(Path.Combine(_directory, "cert.pem"), pair.Certificate);
        File.WriteAllText(Path.Combine(_directory, "key.pem"), pair.Key);
    }

    private static (string Certificate, string Key) NewPair()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
