using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Addergate.Supervisor.Certificates;

/// <summary>Looks at what is in the files of certificates, at the start and whenever they change.</summary>
public static class CertificateJudge
{
    /// <summary>Whether a certificate and a key can be used together; null when they can.</summary>
    /// <param name="certificate">PEM.</param>
    /// <param name="key">PEM.</param>
    /// <param name="certificateFile">Where the first came from, for people.</param>
    /// <param name="keyFile">Where the second came from.</param>
    public static CertificateProblem? FindProblem(string certificate, string key, string certificateFile, string keyFile)
    {
        if (FindProblem(certificate, certificateFile) is { } unreadable)
        {
            return unreadable;
        }

        if (FindProblemOfKey(key, keyFile) is { } unusable)
        {
            return unusable;
        }

        try
        {
            if (!HasUsableKind(certificate))
            {
                return new CertificateProblem(
                    $"the key of the certificate in {certificateFile} is of a kind that is not supported, such as Ed25519",
                    "have a certificate made for an RSA or ECDSA key");
            }

            using var pair = X509Certificate2.CreateFromPem(certificate, key);
            return null;
        }
        catch (Exception unfit) when (unfit is CryptographicException or ArgumentException or NotSupportedException)
        {
            return new CertificateProblem(
                $"the key in {keyFile} does not fit the certificate in {certificateFile}",
                "give the pair that belongs together",
                IsOfKey: true);
        }
    }

    /// <summary>Whether a key can be read at all; null when it can.</summary>
    public static CertificateProblem? FindProblemOfKey(string key, string file) =>
        key.Contains("ENCRYPTED", StringComparison.Ordinal)
            ? new CertificateProblem($"the key in {file} is encrypted", "take the passphrase off with openssl pkey", IsOfKey: true)
            : key.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
                ? null
                : new CertificateProblem($"{file} has no private key in PEM in it", "convert it with openssl pkey", IsOfKey: true);

    /// <summary>Whether the certificates of a file can be read; null when they can.</summary>
    public static CertificateProblem? FindProblem(string certificates, string file)
    {
        if (!certificates.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal))
        {
            return new CertificateProblem($"{file} has no certificate in PEM in it", "convert it with openssl x509");
        }

        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(certificates);
            return all.Count > 0
                ? null
                : new CertificateProblem($"the certificate in {file} cannot be read", "see openssl x509 -text");
        }
        catch (CryptographicException damaged)
        {
            return new CertificateProblem(
                $"the certificate in {file} cannot be read: {damaged.Message.TrimEnd('.')}", "see openssl x509 -text");
        }
        finally
        {
            foreach (var one in all)
            {
                one.Dispose();
            }
        }
    }

    /// <summary>What clients will complain of, though the server can use the certificate; null when they will not.</summary>
    /// <param name="certificate">PEM that can be read.</param>
    /// <param name="file">Where it came from, for people.</param>
    /// <param name="now">The time.</param>
    public static string? FindConcern(string certificate, string file, DateTimeOffset now)
    {
        using var leaf = X509Certificate2.CreateFromPem(certificate);
        return now > leaf.NotAfter ? $"the certificate in {file} has expired on {Day(leaf.NotAfter)}: clients refuse it"
            : now < leaf.NotBefore ? $"the certificate in {file} is valid from {Day(leaf.NotBefore)} on: clients refuse it until then"
            : null;
    }

    /// <summary>Whether a certificate is for a host name or an address.</summary>
    /// <param name="certificate">PEM that can be read.</param>
    /// <param name="name">Without a port.</param>
    public static bool IsFor(string certificate, string name)
    {
        using var leaf = X509Certificate2.CreateFromPem(certificate);
        return leaf.MatchesHostname(name);
    }

    // .NET has no TLS with Edwards curves on Linux, and says of such a pair no more than that it does not fit.
    private static bool HasUsableKind(string certificate)
    {
        using var leaf = X509Certificate2.CreateFromPem(certificate);
        using RSA? rsa = leaf.GetRSAPublicKey();
        using ECDsa? curve = leaf.GetECDsaPublicKey();
        return rsa is not null || curve is not null;
    }

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
