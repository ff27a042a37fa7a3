using System.Globalization;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Names;

/// <summary>How the site wants to be asked: over HTTPS alone (<c>--https-only</c>), and for how long browsers are to remember
/// that (<c>--hsts-policy</c>, RFC 6797: never told over plain HTTP).</summary>
/// <param name="settings">What is asked for.</param>
/// <param name="securePort">The port of HTTPS; null without TLS here.</param>
internal sealed class SiteTransport(NameSettings settings, int? securePort)
{
    private const int UsualPort = 443;

    private readonly Func<object, Task> _addPolicy = context =>
    {
        ((HttpContext)context).Response.Headers.StrictTransportSecurity = settings.StrictTransportSecurity;
        return Task.CompletedTask;
    };

    /// <summary>Whether a request is sent to HTTPS.</summary>
    public bool Redirects(bool isSecure) => settings.HttpsOnly && !isSecure;

    /// <summary>Where HTTPS is spoken for a name.</summary>
    public string SecureAuthority(ReadOnlySpan<char> name) => securePort is null or UsualPort
        ? name.ToString()
        : $"{name}:{securePort.Value.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Has the response carry the policy, whatever it becomes.</summary>
    public void TellPolicy(HttpContext context)
    {
        if (context.Request.IsHttps && settings.StrictTransportSecurity is not null)
        {
            context.Response.OnStarting(_addPolicy, context);
        }
    }
}
