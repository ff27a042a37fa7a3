using Addergate.AspNetCore.Names;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Builder;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>The names of the site and its transport, where settings say something of them.</summary>
internal static class NamesSetup
{
    public static void Apply(WebApplication app, ServerSettings settings, string serverHeader)
    {
        var names = settings.Names;
        var transport = new SiteTransport(names, settings.Listen.HttpsPort);
        if (names.ServerName is { } serverName)
        {
            var known = new HostNames(names, settings.Forwarding.Hosts);
            app.Use(next => new HostNameMiddleware(next, known, transport, serverName, serverHeader).InvokeAsync);
        }

        if (names.HttpsOnly || names.StrictTransportSecurity is not null)
        {
            app.Use(next => new SecureTransportMiddleware(next, transport, serverHeader).InvokeAsync);
        }
    }
}
