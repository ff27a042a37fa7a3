using System.Security.Authentication;
using Addergate.AspNetCore.Tls;
using Addergate.Wire.Requests;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Requests;

/// <summary>What a CGI program is told of TLS: <c>HTTPS=on</c>, as PEP 3333 asks for, and protocol and cipher suite
/// under mod_ssl's names where this server did the handshake; with <c>--ssl-environment</c> all the rest.</summary>
internal static class SecureVariables
{
    public static void Write(ref RequestHeadWriter writer, HttpContext context)
    {
        writer.Add(CgiKey.Https, "on"u8);
        if (context.Features.Get<ITlsHandshakeFeature>() is not { } handshake)
        {
            return;
        }

        writer.Add(CgiKey.SslProtocol, handshake.Protocol switch
        {
            SslProtocols.Tls12 => "TLSv1.2"u8,
            SslProtocols.Tls13 => "TLSv1.3"u8,
            _ => ""u8,
        });
        if (handshake.NegotiatedCipherSuite is { } suite)
        {
            writer.Add(CgiKey.SslCipher, AlgorithmNames.Of(suite));
        }

        context.Features.Get<TlsVariables>()?.Write(ref writer, context, handshake);
    }
}
