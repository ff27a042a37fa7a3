using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Slots;
using Microsoft.Extensions.DependencyInjection;

namespace Addergate.AspNetCore;

/// <summary>Adds WSGI dispatch to an ASP.NET Core application.</summary>
public static class WsgiServiceCollectionExtensions
{
    public static IServiceCollection AddWsgi(this IServiceCollection services, Action<WsgiOptions>? configure = null)
    {
        services.AddOptions<WsgiOptions>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddSingleton<WorkerRegistry>();
        services.AddSingleton<SlotListener>();
        services.AddSingleton<WsgiDispatcher>();
        return services;
    }
}
