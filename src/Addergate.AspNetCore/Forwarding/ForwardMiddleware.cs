using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>Hands requests to the forwarder of their route; what has none goes on.</summary>
internal sealed class ForwardMiddleware(RequestDelegate next, ForwardRoutes routes, ForwardServices services)
{
    private readonly Dictionary<ForwardRoute, Forwarder> _forwarders = routes.All.ToDictionary(
        static route => route, route => new Forwarder(route, services));

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (routes.Find(context.Request.Host.Value, path) is not { } route)
        {
            return next(context);
        }

        if (!route.LacksSlash(path))
        {
            return _forwarders[route].ForwardAsync(context);
        }

        var headers = context.Response.Headers;
        headers.Server = services.ServerHeader;
        services.Departure.Announce(context);
        // As mod_wsgi-express does it.
        context.Response.StatusCode = StatusCodes.Status302Found;
        headers.Location = route.PublicUrl(context) + "/" + context.Request.QueryString;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
