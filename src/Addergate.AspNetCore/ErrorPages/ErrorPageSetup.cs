using Addergate.AspNetCore.Files;
using Addergate.AspNetCore.Handovers;
using Addergate.AspNetCore.Responses;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Addergate.AspNetCore.ErrorPages;

/// <summary>Puts error pages into the front end. Does nothing where there are none.</summary>
internal static class ErrorPageSetup
{
    /// <summary>Adds the rule; before the services are built.</summary>
    public static void Add(IServiceCollection services, ErrorPageSettings settings)
    {
        if (settings.Documents.Count > 0)
        {
            services.AddSingleton<IHeadRule>(new ErrorPageRule(settings.Overrides));
        }
    }

    /// <summary>Puts the pages around all that can answer with an error.</summary>
    public static void Use(IApplicationBuilder app, ServerSettings settings, string? serverHeader)
    {
        if (settings.ErrorPages.Documents.Count > 0)
        {
            var services = FilePipeline.CreateServices(app, settings.Static, serverHeader);
            var documents = new ErrorDocuments(settings.ErrorPages);
            var files = new ErrorPageFiles(
                settings.Static,
                settings.Main.Application,
                app.ApplicationServices.GetService<PrivateRoots>(),
                new FileResponse(services),
                services);
            app.Use(next => new ErrorPageMiddleware(next, documents, files, services).InvokeAsync);
        }
    }
}
