using System.Net;
using System.Text;
using System.Text.Json;
using Addergate.AspNetCore.Proxies;
using Addergate.AspNetCore.Responses;
using Addergate.Wire.Administration;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Status;

/// <summary><c>/server-status</c>: the snapshot of <c>addergate status</c>, for reading. To clients on this machine and in the
/// networks of <c>--trust-proxy</c>; everybody else is told that it is forbidden, as by Apache.</summary>
/// <param name="next">The rest of the site.</param>
/// <param name="snapshots">Where the snapshot comes from.</param>
/// <param name="trusted">The trusted networks, none for nobody.</param>
/// <param name="serverHeader">The <c>Server</c> header.</param>
internal sealed class StatusMiddleware(
    RequestDelegate next, SnapshotSource snapshots, IReadOnlyList<string> trusted, string serverHeader)
{
    internal const string Path = "/server-status";

    private readonly TrustedNetworks _trusted = new(trusted);
    private readonly bool _trustsProxies = trusted.Count > 0;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.Value != Path)
        {
            return next(context);
        }

        if (!IsAllowed(context))
        {
            return Refuse(context, StatusCodes.Status403Forbidden);
        }

        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            return AnswerAsync(context);
        }

        Refuse(context, StatusCodes.Status405MethodNotAllowed);
        context.Response.Headers.Allow = "GET, HEAD";
        return Task.CompletedTask;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (await snapshots.AskAsync().ConfigureAwait(false) is not { } snapshot)
        {
            await Refuse(context, StatusCodes.Status503ServiceUnavailable).ConfigureAwait(false);
            return;
        }

        var isJson = context.Request.QueryString.Value is "?json";
        var body = isJson
            ? Encoding.UTF8.GetBytes(snapshot + "\n")
            : StatusPage.Write(JsonSerializer.Deserialize(snapshot, AdminJson.Compact.ServerSnapshot)!);
        var response = context.Response;
        response.Headers.Server = serverHeader;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        response.ContentType = isJson ? "application/json" : "text/html; charset=utf-8";
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(body).ConfigureAwait(false);
        }
    }

    /// <summary>The client's address is the one that trusted proxies name.</summary>
    private bool IsAllowed(HttpContext context)
    {
        var client = context.Connection.RemoteIpAddress;
        return _trusted.Contains(client)
            || (client is not null
                && IPAddress.IsLoopback(client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client)
                && !IsThroughUntrusted(context));
    }

    // A proxy on this machine would make every client look local.
    private bool IsThroughUntrusted(HttpContext context) =>
        context.Features.Get<UntrustedProxy>() is not null
        || (!_trustsProxies && context.Request.Headers.Via.Count > 0);

    private Task Refuse(HttpContext context, int status)
    {
        new ErrorResponse(status, serverHeader).WriteTo(context);
        return Task.CompletedTask;
    }
}
