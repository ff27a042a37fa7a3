using Addergate.AspNetCore.Dispatch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Addergate.AspNetCore;

/// <summary>Mounts the WSGI application in a pipeline.</summary>
public static class WsgiApplicationBuilderExtensions
{
    /// <summary>Sends every request under a path to the WSGI application. Terminal: nothing after it sees them.</summary>
    /// <param name="app">The pipeline.</param>
    /// <param name="mountPoint">Empty, or a path such as <c>/blog</c>: it becomes <c>SCRIPT_NAME</c>.</param>
    /// <param name="requestTimeout">How long a request under it may run; null for
    /// <see cref="WsgiOptions.RequestTimeout"/>.</param>
    /// <param name="application">Which one, as <c>AddWsgi</c> was told.</param>
    public static IApplicationBuilder MapWsgi(
        this IApplicationBuilder app, string mountPoint = "", TimeSpan? requestTimeout = null, string application = "")
    {
        var dispatcher = app.ApplicationServices.GetRequiredService<WsgiApplications>().Find(application).Dispatcher;
        RequestDelegate dispatch = requestTimeout is { } limit
            ? context => dispatcher.DispatchAsync(context, limit)
            : dispatcher.DispatchAsync;
        if (mountPoint.Length == 0)
        {
            app.Run(dispatch);
            return app;
        }

        return app.Map(mountPoint, branch => branch.Run(dispatch));
    }
}
