using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Addergate.Cli.Tests.Certificates;

/// <summary>A certificate for localhost, valid for the ten years from 2026 on, and its key.</summary>
internal sealed class MadeCertificate : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public MadeCertificate()
    {
        var request = new CertificateRequest("CN=localhost", Key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(Start, Start.AddYears(10));
        Pem = certificate.ExportCertificatePem();
    }

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Pem { get; }

    public string KeyPem => Key.ExportPkcs8PrivateKeyPem();

    public void Dispose() => Key.Dispose();
}
