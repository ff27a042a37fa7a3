using Addergate.AspNetCore.AccessLog;
using Addergate.AspNetCore.Connections;
using Addergate.AspNetCore.Proxies;
using Addergate.AspNetCore.Tls;
using Addergate.Settings.Model;
using Addergate.Wire.Control;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>Kestrel's limits and listeners, from the settings.</summary>
internal static class KestrelSetup
{
    // As Apache's LimitRequestLine, and its CRLF.
    private const int MaxRequestLine = 8190 + 2;

    // As Apache's LimitRequestFields.
    private const int MaxHeaderCount = 100;

    // Kestrel's own default is 32 KiB; large single-sign-on cookies go beyond it, and Apache would take 100 × 8190.
    private const int MaxHeaders = 64 * 1024;

    // As Kestrel has it for the rest of a handshake.
    private static readonly TimeSpan HandshakePatience = TimeSpan.FromSeconds(10);

    public static void Apply(
        KestrelServerOptions options,
        ServerSettings settings,
        IReadOnlyList<InheritedListener> listeners,
        CertificateStore certificates)
    {
        // Our own is put on every response, or the application's in its place.
        options.AddServerHeader = false;
        // RFC 9112 3.2.2: with an absolute-form target the Host header is ignored, not compared.
        options.AllowHostHeaderOverride = true;
        ApplyLimits(options.Limits, settings);

        var patience = ClientLimits.Head(settings.Clients);
        var isMetered = AccessLogFormats.CountsTraffic(settings.Logs);
        var places = options.ApplicationServices.GetRequiredService<ConnectionPlaces>();
        HandoverTransport? http2 = null;
        if (settings.Listen.PlainHttp2)
        {
            http2 = options.ApplicationServices.GetRequiredService<HandoverTransport>();
            options.Listen(new HandoverEndPoint(http2), static listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.UseFreshConnections();
            });
        }

        foreach (var listener in listeners)
        {
            options.ListenHandle((ulong)listener.Descriptor, listen =>
            {
                ((IConnectionBuilder)listen).Use(next => connection => places.ServeAsync(connection, next));
                listen.UseFreshConnections();
                UseProxyProtocol(listen, settings.Proxies);
                if (listener.Use == ListenerUse.Secure)
                {
                    UsePlainOnSecure(listen);
                    TlsSetup.Apply(listen, certificates, settings.Listen.Tls);
                }
                else
                {
                    UsePlain(listen, http2);
                }

                listen.UseHttpGate(patience, isMetered);
            });
        }
    }

    private static void UseProxyProtocol(ListenOptions listen, ProxySettings proxies)
    {
        if (proxies.Protocol)
        {
            var trusted = new TrustedNetworks(proxies.Trusted);
            var time = listen.ApplicationServices.GetRequiredService<TimeProvider>();
            var logger = listen.ApplicationServices.GetRequiredService<ILogger<ProxyProtocol>>();
            ((IConnectionBuilder)listen).Use(
                next => new ProxyProtocol(next, trusted, time, logger).OnConnectionAsync);
        }
    }

    private static void UsePlainOnSecure(ListenOptions listen)
    {
        var time = listen.ApplicationServices.GetRequiredService<TimeProvider>();
        ((IConnectionBuilder)listen).Use(next => new PlainOnSecure(next, HandshakePatience, time).OnConnectionAsync);
    }

    private static void UsePlain(ListenOptions listen, HandoverTransport? http2)
    {
        listen.Protocols = HttpProtocols.Http1;
        if (http2 is not null)
        {
            var patience = listen.KestrelServerOptions.Limits.RequestHeadersTimeout;
            var time = listen.ApplicationServices.GetRequiredService<TimeProvider>();
            ((IConnectionBuilder)listen).Use(next => new PriorKnowledge(next, http2, patience, time).OnConnectionAsync);
        }
    }

    private static void ApplyLimits(KestrelServerLimits limits, ServerSettings settings)
    {
        limits.MaxRequestLineSize = MaxRequestLine;
        limits.MaxRequestHeaderCount = MaxHeaderCount;
        limits.MaxRequestHeadersTotalSize = MaxHeaders;
        ClientLimits.Apply(limits, settings.Clients);
        // The dispatcher enforces the limit: it alone knows whether the body is taken in or streamed.
        limits.MaxRequestBodySize = null;
        if (settings.Applications.Any(static hosted => !hosted.Limits.RequestBuffering))
        {
            // One unread body may fill its stream's window; the others must still get through the connection's.
            limits.Http2.InitialConnectionWindowSize = 8 * limits.Http2.InitialStreamWindowSize;
        }
    }
}
