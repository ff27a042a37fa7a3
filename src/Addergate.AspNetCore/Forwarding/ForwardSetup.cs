using Addergate.AspNetCore.Bodies;
using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.FrontEnd;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>Puts the forwarder into the pipeline where something is passed on.</summary>
internal static class ForwardSetup
{
    public static void Apply(IApplicationBuilder app, ServerSettings settings, string serverHeader)
    {
        if (settings.Forwarding.Rules.Count == 0)
        {
            return;
        }

        var routes = new ForwardRoutes(settings.Forwarding, settings.Static.Aliases);
        var services = new ForwardServices(
            new ForwardedHeaders(settings.Names.ServerName),
            app.ApplicationServices.GetRequiredService<Departure>(),
            serverHeader,
            settings.Forwarding.Timeout,
            settings.Limits.RequestBody,
            new BodyPatience(ClientLimits.Body(settings.Clients), settings.Clients.Socket),
            app.ApplicationServices.GetRequiredService<TimeProvider>(),
            app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("Addergate.Forwarding"));
        app.Use(next => new ForwardMiddleware(next, routes, services).InvokeAsync);
    }
}
