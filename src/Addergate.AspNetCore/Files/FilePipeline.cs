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
        IApplicationBuilder app, StaticSettings settings, IReadOnlyList<FileHandler> handledFiles, string? serverHeader)
    {
        var time = app.ApplicationServices.GetRequiredService<TimeProvider>();
        var services = new FileServices(
            new ContentTypes(settings.MimeTypes),
            new CachePolicy(settings.MaxAge, settings.ImmutableUrls),
            app.ApplicationServices.GetRequiredService<Departure>(),
            time,
            app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("Addergate.Files"),
            serverHeader);
        var routes = new FileRoutes(settings, time);
        var response = new FileResponse(services);
        var handlers = handledFiles.Count > 0 && settings.DocumentRoot is { } root
            ? new FileHandlers(handledFiles, root, app.ApplicationServices.GetRequiredService<WsgiDispatcher>())
            : null;
        var directories = new DirectoryAnswers(
            settings.DirectoryIndex, settings.DirectoryListing, handlers, response, services);
        if (handlers is not null)
        {
            app.Use(next => new HandlerMiddleware(next, routes, handlers).InvokeAsync);
        }

        app.Use(next => new FileMiddleware(next, routes, response, directories, services).InvokeAsync);
    }
}
