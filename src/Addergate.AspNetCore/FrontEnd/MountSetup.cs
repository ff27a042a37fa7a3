using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Mounts;
using Addergate.AspNetCore.Responses;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>The applications under their names and mount points, and 404 for all else: for everything where there is none.
/// </summary>
internal static class MountSetup
{
    public static void Apply(WebApplication app, IReadOnlyList<HostedApplication> applications, string serverHeader)
    {
        var all = app.Services.GetRequiredService<WsgiApplications>().All;
        switch (applications)
        {
            case [{ Application.Type: ApplicationType.Static }]:
                app.Run(context => Refuse(context, StatusCodes.Status404NotFound));
                return;
            case [{ Hosts.Count: 0, Application.MountPoint.Length: 0 }]:
                app.Run(all[0].Dispatcher.DispatchAsync);
                return;
            default:
                var routes = ApplicationRoutes.Of(applications);
                app.Run(context => DispatchAsync(context, routes));
                return;
        }

        Task DispatchAsync(HttpContext context, ApplicationRoutes routes)
        {
            var request = context.Request;
            if (routes.Find(request.Host.Value, request.Path, out var rest, out var knowsHost) is not { } mount)
            {
                // As for a name that is not among --server-name and its kin: no other site's answer is to be taken for it.
                return Refuse(context, knowsHost ? StatusCodes.Status404NotFound : StatusCodes.Status421MisdirectedRequest);
            }

            if (mount.MountPoint.Length > 0)
            {
                request.PathBase = mount.MountPoint;
                request.Path = rest;
            }

            return all[mount.Application].Dispatcher.DispatchAsync(context);
        }

        Task Refuse(HttpContext context, int status)
        {
            new ErrorResponse(status, serverHeader).WriteTo(context);
            return Task.CompletedTask;
        }
    }
}
