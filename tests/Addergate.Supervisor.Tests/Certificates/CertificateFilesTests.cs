using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Addergate.Settings.Model;
using Addergate.Supervisor.Certificates;
using Addergate.Supervisor.Tests.Fakes;
using Addergate.Wire.Control;

namespace Addergate.Supervisor.Tests.Certificates;

public sealed class CertificateFilesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("addergate-tls-").FullName;
    private readonly ManualTime _time = new();

    [Fact]
    public void A_pair_is_read_and_seen_to_change()
    {
        var files = Files();
        Write(NewPair());
        AssertNew(files);
        AssertSame(files);
        var next = NewPair();
        Write(next);
        AssertNew(files);
        Assert.Equal(next, Assert.Single(files.Current!.Certificates));
        Assert.Equal("", files.Current.ClientAuthoritiesPem);
    }

    [Fact]
    public void Half_of_a_new_pair_is_not_used_and_not_complained_of_twice()
    {
        var files = Files();
        var first = NewPair();
        Write(first);
        files.Refresh(out _);
        Write(NewPair() with { Key = first.Key });
        Assert.Equal(
            $"the key in {_directory}/key.pem does not fit the certificate in {_directory}/cert.pem; give the pair that belongs "
            + "together",
            Problem(files));
        AssertSame(files);
        Assert.Equal(first, Assert.Single(files.Current!.Certificates));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        Assert.Equal($"the certificate {_directory}/cert.pem does not exist", Problem(Files()));
        File.WriteAllText(Path.Combine(_directory, "cert.pem"), NewPair().Certificate);
        Assert.Equal($"the certificate's key {_directory}/key.pem does not exist", Problem(Files()));
    }

    [Fact]
    public void A_file_that_vanishes_for_a_moment_is_no_change()
    {
        var files = Files();
        Write(NewPair());
        files.Refresh(out _);
        File.Delete(Path.Combine(_directory, "key.pem"));
        AssertSame(files);
    }

    [Fact]
    public void A_file_that_stays_away_is_told_of_once()
    {
        var files = Files();
        var pair = NewPair();
        Write(pair);
        AssertNew(files);
        var key = Path.Combine(_directory, "key.pem");
        File.Delete(key);
        var told = Enumerable.Range(0, 40).SelectMany(_ => files.Refresh(out var _)).ToArray();
        Assert.Equal([$"the certificate's key {key} does not exist"], told);
        Assert.Equal(pair, Assert.Single(files.Current!.Certificates));
        Write(pair);
        AssertSame(files);
    }

    [Fact]
    public void A_file_that_can_no_longer_be_read_is_told_of_once()
    {
        var files = Files();
        var pair = NewPair();
        Write(pair);
        AssertNew(files);
        var key = Path.Combine(_directory, "key.pem");
        File.Delete(key);
        // The tests may run as root, whom no permission stops.
        Directory.CreateDirectory(key);
        Assert.StartsWith($"the certificate's key {key} cannot be read: ", Problem(files), StringComparison.Ordinal);
        AssertSame(files);
        Directory.Delete(key);
        var next = NewPair();
        Write(next);
        AssertNew(files);
    }

    [Fact]
    public void A_key_with_a_pass_phrase_is_refused_with_advice()
    {
        using var key = ECDsa.Create();
        Write(NewPair() with
        {
            Key = key.ExportEncryptedPkcs8PrivateKeyPem(
                "secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)),
        });
        Assert.Contains("take the passphrase off", Problem(Files()), StringComparison.Ordinal);
    }

    [Fact]
    public void Garbage_is_refused()
    {
        Write(new CertificatePem("no certificate", "no key"));
        Assert.StartsWith($"{_directory}/cert.pem has no certificate in PEM", Problem(Files()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_does_not_fill_the_memory() => Assert.Equal(
        "the certificate /dev/zero is larger than 262144 bytes",
        Problem(Files(new TlsSettings { Certificates = [new CertificatePair("/dev/zero", "/dev/zero")] })));

    [Fact]
    public void Without_a_tls_port_nothing_is_read()
    {
        var tls = new TlsSettings { Certificates = [new CertificatePair("/nonexistent", "/nonexistent")] };
        AssertSame(new CertificateFiles(Samples.Listen with { Tls = tls }, _time));
    }

    [Fact]
    public void Of_several_a_bad_one_holds_up_no_other()
    {
        Write(NewPair(), "a");
        Write(NewPair(), "b");
        var files = Files(new TlsSettings { Certificates = [Pair("a"), Pair("b")] });
        AssertNew(files);
        var before = files.Current!.Certificates[0];
        File.WriteAllText(Path.Combine(_directory, "acert.pem"), "garbage");
        var next = NewPair();
        Write(next, "b");
        Assert.Contains("acert.pem", Assert.Single(files.Refresh(out var isNew)), StringComparison.Ordinal);
        Assert.True(isNew);
        Assert.Equal([before, next], files.Current.Certificates);
        AssertSame(files);
    }

    [Fact]
    public void The_chain_and_the_clients_authorities_are_read_again_too()
    {
        var pair = NewPair();
        var (chain, authorities) = (Path.Combine(_directory, "chain.pem"), Path.Combine(_directory, "ca.pem"));
        Write(pair);
        File.WriteAllText(chain, NewPair().Certificate);
        File.WriteAllText(authorities, NewPair().Certificate);
        var files = Files(new TlsSettings { Certificates = [Pair("")], ChainFile = chain, ClientAuthorityFile = authorities });
        AssertNew(files);
        Assert.Equal(pair.Certificate + "\n" + File.ReadAllText(chain), files.Current!.Certificates[0].Certificate);
        var before = File.ReadAllText(authorities);
        Assert.Equal(before, files.Current.ClientAuthoritiesPem);

        File.WriteAllText(authorities, "garbage");
        Assert.Contains("ca.pem has no certificate", Problem(files), StringComparison.Ordinal);
        Assert.Equal(before, files.Current.ClientAuthoritiesPem);
        var next = NewPair().Certificate;
        File.WriteAllText(authorities, next);
        AssertNew(files);
        Assert.Equal(next, files.Current.ClientAuthoritiesPem);
    }

    [Fact]
    public void One_that_clients_refuse_is_used_and_told()
    {
        Write(NewPair());
        var files = Files();
        AssertNew(files);
        Assert.EndsWith(
            "is valid from 1970-01-01 on: clients refuse it until then", Assert.Single(files.Concerns()), StringComparison.Ordinal);
        _time.SetClock(TimeSpan.FromDays(365 * 50));
        Assert.Empty(files.Concerns());
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string Problem(CertificateFiles files)
    {
        var problem = Assert.Single(files.Refresh(out var isNew));
        Assert.False(isNew);
        return problem;
    }

    private static void AssertNew(CertificateFiles files)
    {
        Assert.Empty(files.Refresh(out var isNew));
        Assert.True(isNew);
    }

    private static void AssertSame(CertificateFiles files)
    {
        var before = files.Current;
        Assert.Empty(files.Refresh(out var isNew));
        Assert.False(isNew);
        Assert.Same(before, files.Current);
    }

    private CertificateFiles Files(TlsSettings? tls = null) => new(
        Samples.Listen with { HttpsPort = 0, Tls = tls ?? new TlsSettings { Certificates = [Pair("")] } }, _time);

    private CertificatePair Pair(string name) =>
        new(Path.Combine(_directory, name + "cert.pem"), Path.Combine(_directory, name + "key.pem"));

    private void Write(CertificatePem pem, string name = "")
    {
        File.WriteAllText(Pair(name).CertificateFile, pem.Certificate);
        File.WriteAllText(Pair(name).KeyFile, pem.Key);
    }

    private static CertificatePem NewPair()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return new CertificatePem(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
