using System.Text;
using Addergate.AspNetCore.Bodies;
using Addergate.AspNetCore.Connections;
using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Queue;
using Addergate.AspNetCore.Responses;
using Addergate.AspNetCore.Slots;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Addergate.AspNetCore;

/// <summary>Adds WSGI dispatch to an ASP.NET Core application.</summary>
public static class WsgiServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="WsgiDispatcher"/>, <see cref="WorkerRegistry"/> and <see cref="SlotListener"/>. Kestrel is set
    /// to carry header values as Latin-1, one character a byte, as PEP 3333 has them; else it would answer 400 to
    /// bytes that are no UTF-8.
    /// </summary>
    public static IServiceCollection AddWsgi(this IServiceCollection services, Action<WsgiOptions>? configure = null)
    {
        services.AddOptions<WsgiOptions>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.Configure<KestrelServerOptions>(static kestrel =>
        {
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        });
        services.TryAddSingleton(TimeProvider.System);
        // By hand: the constructors are internal, since what they take is.
        services.AddSingleton<SlotPool>();
        services.AddSingleton<BufferBudgets>();
        services.AddSingleton<RequestWatch>();
        services.AddSingleton<LoadReporter>();
        services.AddSingleton<SupervisorLink>();
        services.AddSingleton<Departure>();
        services.AddSingleton(static _ => DescriptorReserve.OfThisProcess());
        services.AddSingleton<BodyIntake>();
        services.AddSingleton<StallWatch>();
        services.AddSingleton<ExchangeServices>();
        services.AddSingleton(static all => new WorkerRegistry(all.GetRequiredService<SlotPool>()));
        services.AddSingleton(static all => new SlotListener(
            all.GetRequiredService<WorkerRegistry>(), all.GetRequiredService<ExchangeServices>()));
        services.AddSingleton(static all => new WsgiDispatcher(
            all.GetRequiredService<ExchangeServices>(), all.GetRequiredService<BodyIntake>()));
        return services;
    }
}
