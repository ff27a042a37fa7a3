using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Status;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Addergate.AspNetCore.Metrics;

/// <summary>Has figures taken where anybody asks for them.</summary>
internal static class MetricsSetup
{
    public static void Add(IServiceCollection services, TelemetrySettings settings)
    {
        if (settings.IsMeasured)
        {
            services.AddSingleton(all => new MetricsSampler(
                all.GetRequiredService<WsgiApplications>(),
                all.GetRequiredService<SnapshotSource>(),
                all.GetRequiredService<TimeProvider>(),
                settings.Interval));
        }
    }

    /// <summary>Begins to sample; ends with the application. Call it when the supervisor can be asked.</summary>
    public static void Start(WebApplication app)
    {
        if (app.Services.GetService<MetricsSampler>() is { } sampler)
        {
            _ = sampler.RunAsync(app.Lifetime.ApplicationStopped);
        }
    }
}
