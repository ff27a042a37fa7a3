using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Addergate.AspNetCore.Tls;

/// <summary>A certificate of this server with its key and chain, ready for handshakes.</summary>
internal sealed class ServerCertificate
{
    private const string SubjectName = "2.5.4.3";

    private ServerCertificate(X509Certificate2 leaf, SslStreamCertificateContext context)
    {
        Context = context;
        Names = [.. NamesOf(leaf)];
        Variables = CertificateVariables.Of(CertificateVariables.Server, leaf);
    }

    /// <summary>The session cache hangs on it, so there is one for all handshakes.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>The host names that it is for: <c>www.example.com</c>, <c>*.example.com</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What applications are told of it.</summary>
    public CertificateVariables Variables { get; }

    /// <summary>Null with what is wrong, for people.</summary>
    /// <param name="certificatePem">The server's certificate first, then what its chain may be made of.</param>
    /// <param name="keyPem">Its private key, not encrypted.</param>
    /// <param name="trust">Whom clients are told to have certificates of, or null.</param>
    /// <param name="problem">Empty on success.</param>
    public static ServerCertificate? TryCreate(
        string certificatePem, string keyPem, SslCertificateTrust? trust, out string problem)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificatePem);
            if (chain.Count == 0)
            {
                problem = "there is no certificate in the certificate file";
                return null;
            }

            var leaf = X509Certificate2.CreateFromPem(certificatePem, keyPem);
            chain.RemoveAt(0);
            problem = "";
            // Offline: what was given is sent, nothing is fetched from the network to complete it.
            return new ServerCertificate(leaf, SslStreamCertificateContext.Create(leaf, chain, offline: true, trust));
        }
        catch (CryptographicException unusable)
        {
            problem = unusable.Message;
        }
        catch (ArgumentException unfit)
        {
            // The key does not belong to the certificate.
            problem = unfit.Message;
        }

        return null;
    }

    // RFC 6125 6.4.4: the common name counts only where there are no names of hosts.
    private static IEnumerable<string> NamesOf(X509Certificate2 leaf)
    {
        var alternative = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        string[] names = alternative is null ? [] : [.. alternative.EnumerateDnsNames()];
        return names.Length > 0
            ? names
            : DistinguishedName.Parse(leaf.SubjectName.RawData)
                .SelectMany(static part => part)
                .Where(static part => part.Type == SubjectName)
                .Select(static part => part.Value);
    }
}
