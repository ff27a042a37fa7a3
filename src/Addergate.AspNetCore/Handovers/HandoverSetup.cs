using Addergate.AspNetCore.Files;
using Addergate.AspNetCore.Responses;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Addergate.AspNetCore.Handovers;

/// <summary>Puts the hand-over of files into the front end. Does nothing where no private root is declared.</summary>
internal static class HandoverSetup
{
    /// <summary>Adds the rule; before the services are built.</summary>
    public static void Add(IServiceCollection services, StaticSettings settings)
    {
        if (settings.PrivateRoots.Count > 0)
        {
            services.AddSingleton(all => new PrivateRoots(settings, all.GetRequiredService<TimeProvider>()));
            services.AddSingleton<IHeadRule>(static all => new HandoverRule(all.GetRequiredService<PrivateRoots>()));
        }
    }

    /// <summary>Puts the sender around everything that runs Python.</summary>
    public static void Use(IApplicationBuilder app, StaticSettings settings, string? serverHeader)
    {
        if (settings.PrivateRoots.Count > 0)
        {
            var services = FilePipeline.CreateServices(app, settings, serverHeader);
            var roots = app.ApplicationServices.GetRequiredService<PrivateRoots>();
            var response = new FileResponse(services);
            app.Use(next => new HandoverMiddleware(next, roots, response, services).InvokeAsync);
        }
    }
}
