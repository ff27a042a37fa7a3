using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Addergate.Wire.Requests;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.Tls;

/// <summary>What applications are told of a connection's TLS with <c>--ssl-environment</c>: mod_ssl's <c>StdEnvVars</c>,
/// but for what the framework does not tell (sessions). A feature of the connection; it hangs on the handshake alone, so
/// that nothing which a client writes into a request is in it.</summary>
/// <param name="server">The certificate that the client was shown.</param>
/// <param name="time">For the days that a certificate is valid still.</param>
internal sealed class TlsVariables(CertificateVariables server, TimeProvider time)
{
    private CertificateVariables? _client;

    /// <summary>Requests of one connection may come at the same time; each may make the client's part, and all are alike.
    /// </summary>
    public void Write(ref RequestHeadWriter writer, HttpContext context, ITlsHandshakeFeature handshake)
    {
        if (handshake.NegotiatedCipherSuite is { } suite)
        {
            var bits = AlgorithmNames.KeyBits(AlgorithmNames.Of(suite));
            writer.Add("SSL_CIPHER_USEKEYSIZE"u8, bits);
            writer.Add("SSL_CIPHER_ALGKEYSIZE"u8, bits);
        }

        writer.Add("SSL_CIPHER_EXPORT"u8, "false"u8);
        writer.Add("SSL_COMPRESS_METHOD"u8, "NULL"u8);
        writer.Add("SSL_SECURE_RENEG"u8, "true"u8);
        writer.Add("SSL_VERSION_INTERFACE"u8, "Addergate"u8);
        if (handshake.HostName is { Length: > 0 } name)
        {
            writer.Add("SSL_TLS_SNI"u8, Encoding.UTF8.GetBytes(name));
        }

        server.Write(ref writer);
        var certificate = context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;
        // One that could not be verified has ended the handshake.
        writer.Add("SSL_CLIENT_VERIFY"u8, certificate is null ? "NONE"u8 : "SUCCESS"u8);
        if (certificate is not null)
        {
            (_client ??= CertificateVariables.Of(CertificateVariables.Client, certificate)).Write(ref writer);
            writer.Add("SSL_CLIENT_V_REMAIN"u8, Days(certificate));
        }
    }

    private byte[] Days(X509Certificate2 certificate)
    {
        var left = (certificate.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime).TotalDays;
        return Encoding.ASCII.GetBytes(((int)Math.Max(0, left)).ToString(CultureInfo.InvariantCulture));
    }
}
