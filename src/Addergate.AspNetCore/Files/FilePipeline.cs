using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Files.Handlers;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Files;

/// <summary>Puts those parts of the file server into the pipeline that are asked for. Called only where one is: what is not
/// used is neither loaded nor asked.</summary>
internal static class FilePipeline
{
    public static void Use(
        IApplicationBuilder app, StaticSettings settings, ApplicationSettings application, string? serverHeader)
    {
        var services = CreateServices(app, settings, serverHeader);
        var routes = new FileRoutes(settings, application.Type != ApplicationType.Static, services.Time);
        var response = new FileResponse(services);
        var handlers = application.Handlers.Count > 0 && settings.DocumentRoot is { } root
            ? new FileHandlers(new HandlerTable(application.Handlers), root, app.ApplicationServices.GetRequiredService<WsgiDispatcher>())
            : null;
        var directories = new DirectoryAnswers(
            new DirectoryIndex(settings.DirectoryIndex, settings.DirectoryListing), handlers, response, services);
        if (handlers is not null)
        {
            app.Use(next => new HandlerMiddleware(next, routes, handlers).InvokeAsync);
        }

        app.Use(next => new FileMiddleware(next, routes, response, directories, services).InvokeAsync);
    }

    /// <summary>What every part of the file server shares.</summary>
    public static FileServices CreateServices(IApplicationBuilder app, StaticSettings settings, string? serverHeader) => new(
        new ContentTypes(settings.MimeTypes),
        new CachePolicy(settings.MaxAge, settings.ImmutableUrls),
        app.ApplicationServices.GetRequiredService<Departure>(),
        app.ApplicationServices.GetRequiredService<TimeProvider>(),
        app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("Addergate.Files"),
        serverHeader);
}
