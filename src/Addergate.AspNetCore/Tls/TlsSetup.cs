using Addergate.Settings.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Tls;

/// <summary>TLS on a listener, and what it asks of requests.</summary>
internal static class TlsSetup
{
    public static void Apply(ListenOptions listen, CertificateStore certificates, TlsSettings settings)
    {
        var time = listen.ApplicationServices.GetRequiredService<TimeProvider>();
        var logger = listen.ApplicationServices.GetRequiredService<ILogger<ClientVerification>>();
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = handshake =>
            {
                var (certificate, options) = certificates.Current.Select(
                    handshake.ClientHelloInfo.ServerName, handshake.Connection.RemoteEndPoint, logger);
                if (settings.TellsApplication)
                {
                    handshake.Connection.Features.Set(new TlsVariables(certificate.Variables, time));
                }

                return ValueTask.FromResult(options);
            },
        });
    }

    public static void Use(WebApplication app, TlsSettings settings, string serverHeader)
    {
        if (settings.ClientAuthorityFile is not null)
        {
            var paths = new VerifiedPaths(settings.VerifiedPaths);
            app.Use(next => new ClientCertificateMiddleware(next, paths, serverHeader).InvokeAsync);
        }
    }
}
