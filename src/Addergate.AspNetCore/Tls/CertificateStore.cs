using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Addergate.AspNetCore.Tls;

/// <summary>
/// The certificate in force. It may be replaced at any time from any thread; handshakes that have begun keep theirs, and
/// connections are not touched.
/// </summary>
internal sealed class CertificateStore
{
    private volatile SslServerAuthenticationOptions? _current;

    /// <summary>What a handshake that begins now uses. One instance for all handshakes of a certificate, since the
    /// session cache hangs on it.</summary>
    /// <exception cref="InvalidOperationException">No certificate was put yet.</exception>
    public SslServerAuthenticationOptions Current =>
        _current ?? throw new InvalidOperationException("There is no certificate.");

    /// <summary>Puts a certificate in force for new handshakes. A bad one leaves the old one where it is.</summary>
    /// <param name="certificatePem">The server's certificate first, then its chain.</param>
    /// <param name="keyPem">Its private key, not encrypted.</param>
    /// <returns>Null, or what is wrong, for people.</returns>
    public string? TryReplace(string certificatePem, string keyPem)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificatePem);
            if (chain.Count == 0)
            {
                return "there is no certificate in the certificate file";
            }

            var leaf = X509Certificate2.CreateFromPem(certificatePem, keyPem);
            chain.RemoveAt(0);
            _current = new SslServerAuthenticationOptions
            {
                // Offline: what was given is sent, nothing is fetched from the network to complete it.
                ServerCertificateContext = SslStreamCertificateContext.Create(leaf, chain, offline: true),
                // RFC 8996 retires TLS 1.0 and 1.1.
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            };
            return null;
        }
        catch (CryptographicException problem)
        {
            return problem.Message;
        }
        catch (ArgumentException problem)
        {
            // The key does not belong to the certificate.
            return problem.Message;
        }
    }
}
