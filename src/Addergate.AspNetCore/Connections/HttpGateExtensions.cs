using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Connections;

/// <summary>Puts the gate on a listener.</summary>
public static class HttpGateExtensions
{
    /// <summary>
    /// Refuses malformed HTTP/1 that Kestrel takes, and answers clients that half-close after a complete request. Call
    /// it after <c>UseHttps</c>.
    /// </summary>
    public static ListenOptions UseHttpGate(this ListenOptions listen)
    {
        ArgumentNullException.ThrowIfNull(listen);
        var limits = listen.KestrelServerOptions.Limits;
        var maxHead = limits.MaxRequestLineSize + limits.MaxRequestHeadersTotalSize + 1;
        var logger = listen.ApplicationServices.GetRequiredService<ILoggerFactory>()
            .CreateLogger("Addergate.AspNetCore.Connections");
        ((IConnectionBuilder)listen).Use(next => new HttpGate(next, maxHead, logger).OnConnectionAsync);
        return listen;
    }
}
