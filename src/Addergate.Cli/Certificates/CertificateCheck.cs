using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Addergate.Settings.Declarations;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;

namespace Addergate.Cli.Certificates;

/// <summary>Looks at the certificate and its key before anything is started. Readable files are the validator's part.
/// </summary>
internal static class CertificateCheck
{
    /// <summary>Null when the two can be used together, or when there is no HTTPS.</summary>
    internal static Mistake? Find(ListenSettings listen)
    {
        if (listen.HttpsPort is null || listen.CertificateFile is not { } file || listen.CertificateKeyFile is not { } keyFile)
        {
            return null;
        }

        var certificateOption = TlsDeclarations.CertificateFile.Option;
        var keyOption = TlsDeclarations.CertificateKeyFile.Option;
        string certificate;
        string key;
        try
        {
            certificate = File.ReadAllText(file);
            key = File.ReadAllText(keyFile);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new Mistake($"{certificateOption}: {refused.Message}");
        }

        if (!certificate.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal))
        {
            return new Mistake($"{certificateOption}: {file} has no certificate in PEM in it", "convert it with openssl x509");
        }

        if (key.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            return new Mistake(
                $"{keyOption}: the key in {keyFile} is encrypted", "take the passphrase off with openssl pkey");
        }

        if (!key.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            return new Mistake($"{keyOption}: {keyFile} has no private key in PEM in it", "convert it with openssl pkey");
        }

        try
        {
            using var loaded = X509Certificate2.CreateFromPem(certificate);
        }
        catch (CryptographicException damaged)
        {
            return new Mistake($"{certificateOption}: the certificate in {file} cannot be read: {damaged.Message}");
        }

        try
        {
            using var loaded = X509Certificate2.CreateFromPem(certificate, key);
            return null;
        }
        catch (Exception unfit) when (unfit is CryptographicException or ArgumentException)
        {
            return new Mistake(
                $"{keyOption}: the key in {keyFile} does not fit the certificate in {file}", "give the pair that belongs together");
        }
    }
}
