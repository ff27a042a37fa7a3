using System.Globalization;
using Addergate.AspNetCore.Requests;
using Addergate.AspNetCore.Responses;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Names;

/// <summary>Sends plain HTTP to HTTPS (<c>--https-only</c>), and tells browsers to stay there (<c>--hsts-policy</c>, RFC
/// 6797: never over plain HTTP).</summary>
/// <param name="next">What follows.</param>
/// <param name="settings">What is asked for.</param>
/// <param name="securePort">The port of HTTPS; null without TLS here.</param>
/// <param name="serverHeader">The <c>Server</c> header.</param>
internal sealed class SecureTransportMiddleware(
    RequestDelegate next, NameSettings settings, int? securePort, string serverHeader)
{
    private const int UsualPort = 443;

    private readonly Func<object, Task> _addPolicy = context =>
    {
        ((HttpContext)context).Response.Headers.StrictTransportSecurity = settings.StrictTransportSecurity;
        return Task.CompletedTask;
    };

    /// <summary>Whether a request is sent to HTTPS.</summary>
    public static bool Redirects(NameSettings settings, bool isSecure) => settings.HttpsOnly && !isSecure;

    public Task InvokeAsync(HttpContext context)
    {
        if (Redirects(settings, context.Request.IsHttps))
        {
            HostSplit.Split(context.Request.Host.Value, out var name, out _);
            if (name.IsEmpty)
            {
                // HTTP/1.0: nobody can be sent to a host without a name.
                new ErrorResponse(StatusCodes.Status400BadRequest, serverHeader).WriteTo(context);
                return Task.CompletedTask;
            }

            var authority = securePort is null or UsualPort
                ? name.ToString()
                : $"{name}:{securePort.Value.ToString(CultureInfo.InvariantCulture)}";
            Redirect.Write(context, StatusCodes.Status308PermanentRedirect, "https", authority, serverHeader);
            return Task.CompletedTask;
        }

        if (context.Request.IsHttps && settings.StrictTransportSecurity is not null)
        {
            context.Response.OnStarting(_addPolicy, context);
        }

        return next(context);
    }
}
