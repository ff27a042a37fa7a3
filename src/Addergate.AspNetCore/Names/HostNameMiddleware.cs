using Addergate.AspNetCore.Requests;
using Addergate.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Names;

/// <summary>
/// Lets requests for the site's own names through. A name that is not answered is 421 (RFC 9110 15.5.20): a cache or an
/// application must not take the answer for that other site's. There is no other site here, so that an application that
/// builds links from the Host header cannot be told a foreign one.
/// </summary>
internal sealed class HostNameMiddleware(
    RequestDelegate next, HostNames names, SiteTransport transport, string serverName, string serverHeader)
{
    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Value;
        switch (names.Judge(host))
        {
            case HostVerdict.Ours:
                return next(context);
            case HostVerdict.Parent:
                SendToServerName(context);
                return Task.CompletedTask;
            default:
                new ErrorResponse(StatusCodes.Status421MisdirectedRequest, serverHeader).WriteTo(context);
                return Task.CompletedTask;
        }
    }

    /// <summary>In one step, also where that is by HTTPS alone. Browsers are told the policy by this name too, or
    /// <c>includeSubDomains</c> would never be said of the whole domain.</summary>
    private void SendToServerName(HttpContext context)
    {
        var request = context.Request;
        HostSplit.Split(request.Host.Value, out _, out var port);
        var (scheme, authority) = transport.Redirects(request.IsHttps) ? ("https", transport.SecureAuthority(serverName))
            : (request.Scheme, port.IsEmpty ? serverName : $"{serverName}:{port}");
        Redirect.Write(context, StatusCodes.Status308PermanentRedirect, scheme, authority, serverHeader);
        transport.TellPolicy(context);
    }
}
