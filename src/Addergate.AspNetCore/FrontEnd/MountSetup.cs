using Addergate.AspNetCore.Responses;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>The application under its mount point, and 404 for all else: for everything where there is none.</summary>
internal static class MountSetup
{
    public static void Apply(WebApplication app, ApplicationSettings application, string serverHeader)
    {
        if (application.Type == ApplicationType.Static)
        {
            app.Run(context =>
            {
                new ErrorResponse(StatusCodes.Status404NotFound, serverHeader).WriteTo(context);
                return Task.CompletedTask;
            });
            return;
        }

        var mountPoint = application.MountPoint;
        if (mountPoint.Length > 0)
        {
            // Unlike app.Map, which takes /Blog for /blog: the paths of URLs have cases.
            app.Use(next => context =>
            {
                if (!context.Request.Path.StartsWithSegments(mountPoint, StringComparison.Ordinal, out var rest))
                {
                    new ErrorResponse(StatusCodes.Status404NotFound, serverHeader).WriteTo(context);
                    return Task.CompletedTask;
                }

                context.Request.PathBase = mountPoint;
                context.Request.Path = rest;
                return next(context);
            });
        }

        app.MapWsgi();
    }
}
