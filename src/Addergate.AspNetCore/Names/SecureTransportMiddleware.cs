using Addergate.AspNetCore.Requests;
using Addergate.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Names;

/// <summary>Sends plain HTTP to HTTPS, and tells browsers to stay there.</summary>
/// <param name="next">What follows.</param>
/// <param name="transport">How the site wants to be asked.</param>
/// <param name="serverHeader">The <c>Server</c> header.</param>
internal sealed class SecureTransportMiddleware(RequestDelegate next, SiteTransport transport, string serverHeader)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (transport.Redirects(context.Request.IsHttps))
        {
            HostSplit.Split(context.Request.Host.Value, out var name, out _);
            if (name.IsEmpty)
            {
                // HTTP/1.0: nobody can be sent to a host without a name.
                new ErrorResponse(StatusCodes.Status400BadRequest, serverHeader).WriteTo(context);
                return Task.CompletedTask;
            }

            Redirect.Write(
                context, StatusCodes.Status308PermanentRedirect, "https", transport.SecureAuthority(name), serverHeader);
            return Task.CompletedTask;
        }

        transport.TellPolicy(context);
        return next(context);
    }
}
