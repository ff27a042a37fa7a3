using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Addergate.AspNetCore.Connections;

/// <summary>Puts the gate on a listener.</summary>
public static class HttpGateExtensions
{
    /// <summary>
    /// Refuses malformed HTTP/1 that Kestrel takes, and answers clients that half-close after a complete request. Call
    /// it after <c>UseHttps</c>.
    /// </summary>
    /// <param name="listen">The listener.</param>
    /// <param name="patience">With the sender of a head, beside the web server's own limits.</param>
    public static ListenOptions UseHttpGate(this ListenOptions listen, HeadPatience patience = default) =>
        listen.UseHttpGate(patience, isMetered: false);

    /// <inheritdoc cref="UseHttpGate(ListenOptions, HeadPatience)"/>
    /// <param name="listen">The listener.</param>
    /// <param name="patience">With the sender of a head.</param>
    /// <param name="isMetered">Whether each request's bytes are counted, for the access log.</param>
    internal static ListenOptions UseHttpGate(this ListenOptions listen, HeadPatience patience, bool isMetered)
    {
        ArgumentNullException.ThrowIfNull(listen);
        var limits = listen.KestrelServerOptions.Limits;
        var maxHead = limits.MaxRequestLineSize + limits.MaxRequestHeadersTotalSize + 1;
        var logger = listen.ApplicationServices.GetRequiredService<ILoggerFactory>()
            .CreateLogger("Addergate.AspNetCore.Connections");
        var time = listen.ApplicationServices.GetService<TimeProvider>() ?? TimeProvider.System;
        var isSentAtOnce = listen.ApplicationServices.GetService<IOptions<SocketTransportOptions>>()
            ?.Value.UnsafePreferInlineScheduling == true;
        ((IConnectionBuilder)listen).Use(
            next => new HttpGate(next, maxHead, patience, isSentAtOnce, isMetered, time, logger).OnConnectionAsync);
        return listen;
    }

    /// <summary>Lets a connection that was accepted just before the server stops have its first request answered. Call
    /// it before any other, so that all of them see it.</summary>
    internal static ListenOptions UseFreshConnections(this ListenOptions listen)
    {
        var time = listen.ApplicationServices.GetRequiredService<TimeProvider>();
        ((IConnectionBuilder)listen).Use(
            next => connection => FreshConnection.ServeAsync(connection, time, next));
        return listen;
    }
}
