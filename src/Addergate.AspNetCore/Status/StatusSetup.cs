using Addergate.AspNetCore.Dispatch;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Addergate.AspNetCore.Status;

/// <summary>Puts the status page into the pipeline where it is asked for.</summary>
internal static class StatusSetup
{
    /// <summary>After the client's address is known, before anything of the site.</summary>
    public static void Use(WebApplication app, ServerSettings settings, string serverHeader)
    {
        if (!settings.Listen.ShowsStatus)
        {
            return;
        }

        var snapshots = app.Services.GetRequiredService<SnapshotSource>();
        app.Use(next => new StatusMiddleware(next, snapshots, settings.Proxies.Trusted, serverHeader).InvokeAsync);
    }

    public static void Add(IServiceCollection services) => services.AddSingleton(static all => new SnapshotSource(
        all.GetRequiredService<SupervisorLink>(), all.GetRequiredService<TimeProvider>()));
}
