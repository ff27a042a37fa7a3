using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Tls;

/// <summary>Asks clients for certificates. One that nobody vouches for ends the handshake, so that whatever certificate a
/// request has is a good one; having none ends it only where all clients need one.</summary>
internal sealed class ClientVerification
{
    // RFC 5280 4.2.1.12: the purpose of TLS clients.
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2Collection _anchors = [];
    private readonly X509Certificate2Collection _intermediates = [];
    private readonly bool _isRequired;

    /// <exception cref="CryptographicException">They cannot be read.</exception>
    public ClientVerification(string authoritiesPem, bool isRequired)
    {
        _isRequired = isRequired;
        Authorities.ImportFromPem(authoritiesPem);
        if (Authorities.Count == 0)
        {
            throw new CryptographicException("there is no certificate of an authority for clients");
        }

        foreach (var authority in Authorities)
        {
            var isRoot = authority.SubjectName.RawData.AsSpan().SequenceEqual(authority.IssuerName.RawData);
            (isRoot ? _anchors : _intermediates).Add(authority);
        }
    }

    public X509Certificate2Collection Authorities { get; } = [];

    /// <summary>Adds to what one handshake uses.</summary>
    public void Apply(SslServerAuthenticationOptions options, EndPoint? client, ILogger logger)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            // A client must not be able to have this server fetch things.
            DisableCertificateDownloads = true,
        };
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        policy.CustomTrustStore.AddRange(_anchors);
        policy.ExtraStore.AddRange(_intermediates);
        options.ClientCertificateRequired = true;
        options.CertificateChainPolicy = policy;
        options.RemoteCertificateValidationCallback =
            (_, certificate, chain, errors) => Accepts(certificate, chain, errors, client, logger);
        // Of a client that comes again the session remembers the certificate but not its chain, and an authority that was
        // taken out of the file would count for as long as the session lives.
        options.AllowTlsResume = false;
    }

    private bool Accepts(
        X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, EndPoint? client, ILogger logger)
    {
        if (certificate is null)
        {
            if (_isRequired)
            {
                ClientCertificateLog.Missing(logger, client);
            }

            return !_isRequired;
        }

        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        // The client is told nothing but that there is no connection: whoever runs the server has to find out here.
        var reasons = chain?.ChainStatus.Select(static status => status.StatusInformation).Distinct() ?? [];
        ClientCertificateLog.Refused(logger, client, certificate.Subject, string.Join(", ", reasons.DefaultIfEmpty($"{errors}")));
        return false;
    }
}
