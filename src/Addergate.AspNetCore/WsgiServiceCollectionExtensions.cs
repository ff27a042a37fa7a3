using System.Text;
using Addergate.AspNetCore.Bodies;
using Addergate.AspNetCore.Connections;
using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Queue;
using Addergate.AspNetCore.Slots;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Addergate.AspNetCore;

/// <summary>Adds WSGI dispatch to an ASP.NET Core application.</summary>
public static class WsgiServiceCollectionExtensions
{
    /// <summary>
    /// Adds an application, with its <see cref="WsgiDispatcher"/>, and what all applications share: <see cref="WorkerRegistry"/>
    /// and <see cref="SlotListener"/>. Kestrel is set to carry header values as Latin-1, one character a byte, as PEP 3333 has
    /// them; else it would answer 400 to bytes that are no UTF-8.
    /// </summary>
    public static IServiceCollection AddWsgi(this IServiceCollection services, Action<WsgiOptions>? configure = null) =>
        services.AddWsgi(Options.DefaultName, configure);

    /// <inheritdoc cref="AddWsgi(IServiceCollection, Action{WsgiOptions}?)"/>
    /// <param name="services">Where to.</param>
    /// <param name="name">Tells several applications apart. The first one's limits on all memory and all spool files count.
    /// </param>
    /// <param name="configure">Sets the options of that name.</param>
    public static IServiceCollection AddWsgi(
        this IServiceCollection services, string name, Action<WsgiOptions>? configure = null)
    {
        services.AddOptions<WsgiOptions>(name);
        if (configure is not null)
        {
            services.Configure(name, configure);
        }

        services.AddSingleton(new WsgiRegistration(name));
        if (services.Any(static service => service.ServiceType == typeof(WsgiApplications)))
        {
            return services;
        }

        services.Configure<KestrelServerOptions>(static kestrel =>
        {
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        });
        services.TryAddSingleton(TimeProvider.System);
        // By hand: the constructors are internal, since what they take is.
        services.AddSingleton(all => new BufferBudgets(all.GetRequiredService<IOptionsMonitor<WsgiOptions>>().Get(name).Limits));
        services.AddSingleton<LoadReporter>();
        services.AddSingleton<SupervisorLink>();
        services.AddSingleton<Departure>();
        services.AddSingleton(static _ => DescriptorReserve.OfThisProcess());
        services.AddSingleton<SharedServices>();
        services.AddSingleton<WsgiApplications>();
        services.AddSingleton(static all => new WorkerRegistry(all.GetRequiredService<WsgiApplications>()));
        services.AddSingleton(static all => new SlotListener(
            all.GetRequiredService<WorkerRegistry>(), all.GetRequiredService<SharedServices>()));
        services.AddSingleton(static all => all.GetRequiredService<WsgiApplications>().All[0].Dispatcher);
        return services;
    }
}
