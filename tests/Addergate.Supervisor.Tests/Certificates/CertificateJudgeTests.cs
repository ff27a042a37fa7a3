using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Addergate.Supervisor.Certificates;

namespace Addergate.Supervisor.Tests.Certificates;

public sealed class CertificateJudgeTests
{
    [Fact]
    public void A_certificate_whose_public_key_is_damaged_is_a_problem_and_no_exception()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(90));
        var encoded = certificate.RawData;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        // A point that is on no curve; all around it stays whole.
        encoded.AsSpan(encoded.AsSpan().IndexOf(point.Y), point.Y!.Length).Fill(1);
        var problem = CertificateJudge.FindProblem(
            PemEncoding.WriteString("CERTIFICATE", encoded), key.ExportPkcs8PrivateKeyPem(), "cert.pem", "key.pem");
        Assert.NotNull(problem);
    }
}
