using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Addergate.Settings.Declarations;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;
using Addergate.Supervisor.Certificates;

namespace Addergate.Cli.Certificates;

/// <summary>
/// The certificate of <c>--https-dev</c>. It is kept, since a browser that was told to take it takes that one alone; a new
/// one is made when it lacks a name or is about to expire, and has the old one's names too.
/// </summary>
internal static class DevelopmentCertificate
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerOnly | UnixFileMode.UserExecute;
    private const UnixFileMode Public = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // Apple's platforms take none that is valid for longer than 398 days.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(397);
    private static readonly TimeSpan Renewal = TimeSpan.FromDays(14);

    /// <summary>For clients to be told of, beside the file with the key.</summary>
    internal static string PublicFile(TlsSettings tls) => Path.ChangeExtension(tls.Certificates[0].CertificateFile, ".crt");

    /// <summary>Makes it where it is not there. Null also where the user has certificates of their own.</summary>
    internal static Mistake? Ensure(TlsSettings tls, TimeProvider time)
    {
        if (tls.DevelopmentNames.Count == 0)
        {
            return null;
        }

        var file = tls.Certificates[0].CertificateFile;
        var directory = Path.GetDirectoryName(file)!;
        try
        {
            Directory.CreateDirectory(directory, OwnerDirectory);
            var now = time.GetUtcNow();
            if (IsGood(file, tls.DevelopmentNames, now, out var names))
            {
                return null;
            }

            var (certificate, key) = Make([.. tls.DevelopmentNames.Concat(names).Distinct()], now);
            // One file for both: two servers that start together never mix theirs.
            Write(file, certificate + "\n" + key + "\n", OwnerOnly);
            Write(PublicFile(tls), certificate + "\n", Public);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new Mistake(
                $"{TlsDeclarations.Development.Option}: cannot keep a certificate in {directory}: {refused.Message}",
                "name a directory that can be written in XDG_STATE_HOME");
        }
    }

    private static bool IsGood(string file, IReadOnlyList<string> needed, DateTimeOffset now, out IReadOnlyList<string> names)
    {
        names = [];
        if (!File.Exists(file))
        {
            return false;
        }

        var pem = File.ReadAllText(file);
        if (CertificateJudge.FindProblem(pem, pem, file, file) is not null)
        {
            return false;
        }

        using var certificate = X509Certificate2.CreateFromPem(pem);
        names = NamesOf(certificate);
        return now >= certificate.NotBefore && now < certificate.NotAfter - Renewal && needed.All(names.Contains);
    }

    private static string[] NamesOf(X509Certificate2 certificate)
    {
        var extension = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return extension is null
            ? []
            : [.. extension.EnumerateDnsNames(), .. extension.EnumerateIPAddresses().Select(static address => address.ToString())];
    }

    private static (string Certificate, string Key) Make(IReadOnlyList<string> names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName("localhost");
        subject.AddOrganizationName("Addergate development certificate");
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        var alternative = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternative.AddIpAddress(address);
            }
            else
            {
                alternative.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternative.Build());
        // Whoever gets the key must not be able to sign for other names with it where it was told to be trusted.
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now + Lifetime);
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Nobody sees half of it, and nobody else can read it at any moment.</summary>
    private static void Write(string path, string content, UnixFileMode mode)
    {
        var next = $"{path}.{Environment.ProcessId}";
        File.Delete(next);
        using (var file = new FileStream(
            next, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode }))
        {
            file.Write(Encoding.ASCII.GetBytes(content));
        }

        File.Move(next, path, overwrite: true);
    }
}
