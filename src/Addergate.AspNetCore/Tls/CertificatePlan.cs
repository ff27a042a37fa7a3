using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using Addergate.Wire.Control;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Tls;

/// <summary>All certificates in force at one time. Immutable; any thread may ask.</summary>
internal sealed class CertificatePlan
{
    private readonly List<(ServerCertificate Certificate, SslServerAuthenticationOptions Options)> _all = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _byName =
        new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly ClientVerification? _clients;

    private CertificatePlan(ClientVerification? clients) => _clients = clients;

    /// <summary>Null with what is wrong, for people.</summary>
    /// <param name="message">What the supervisor sent.</param>
    /// <param name="verifiesAll">Whether no client without a certificate is answered.</param>
    /// <param name="problem">Empty on success.</param>
    public static CertificatePlan? TryCreate(CertificateMessage message, bool verifiesAll, out string problem)
    {
        ClientVerification? clients = null;
        SslCertificateTrust? trust = null;
        try
        {
            if (message.ClientAuthoritiesPem.Length > 0)
            {
                clients = new ClientVerification(message.ClientAuthoritiesPem, verifiesAll);
                // Browsers offer what fits these names alone.
                trust = SslCertificateTrust.CreateForX509Collection(clients.Authorities, sendTrustInHandshake: true);
            }
        }
        catch (CryptographicException unusable)
        {
            problem = unusable.Message;
            return null;
        }

        var plan = new CertificatePlan(clients);
        problem = "there is no certificate";
        foreach (var pem in message.Certificates)
        {
            if (ServerCertificate.TryCreate(pem.Certificate, pem.Key, trust, out problem) is not { } certificate)
            {
                return null;
            }

            foreach (var name in certificate.Names)
            {
                // Of several for a name, the first.
                plan._byName.Dictionary.TryAdd(name, plan._all.Count);
            }

            plan._all.Add((certificate, Options(certificate)));
        }

        return plan._all.Count > 0 ? plan : null;
    }

    /// <summary>What a handshake uses.</summary>
    /// <param name="name">The host that the client asks for (RFC 6066), or null.</param>
    /// <param name="client">Who it is, for records of what is wrong with its certificate.</param>
    /// <param name="logger">For them.</param>
    public (ServerCertificate Certificate, SslServerAuthenticationOptions Options) Select(
        string? name, EndPoint? client, ILogger logger)
    {
        var found = _all[string.IsNullOrEmpty(name) ? 0 : Find(name.AsSpan().TrimEnd('.'))];
        if (_clients is not null)
        {
            // One for each handshake: the policy that it holds collects what the client sends.
            found.Options = Options(found.Certificate);
            _clients.Apply(found.Options, client, logger);
        }

        return found;
    }

    private int Find(ReadOnlySpan<char> name)
    {
        if (_byName.TryGetValue(name, out var index))
        {
            return index;
        }

        // RFC 6125 6.4.3: the star is one whole label.
        var dot = name.IndexOf('.');
        return dot > 0 && _byName.TryGetValue($"*{name[dot..]}", out index) ? index : 0;
    }

    private static SslServerAuthenticationOptions Options(ServerCertificate certificate) => new()
    {
        ServerCertificateContext = certificate.Context,
        // RFC 8996 retires TLS 1.0 and 1.1.
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
    };
}
