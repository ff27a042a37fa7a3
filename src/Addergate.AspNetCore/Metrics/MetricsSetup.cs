using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Status;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

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
                settings.Interval,
                all.GetRequiredService<ILogger<MetricsSampler>>()));
        }
    }

    /// <summary>Begins to sample; ends with the application. Call it when the supervisor can be asked.</summary>
    public static void Start(WebApplication app, ServerSettings settings)
    {
        if (app.Services.GetService<MetricsSampler>() is { } sampler)
        {
            if (settings.Telemetry.Service is { } path)
            {
                var collector = new Collector(path, app.Services.GetRequiredService<ILogger<Collector>>());
                var slow = app.Services.GetRequiredService<WsgiApplications>().All
                    .Select(static application => application.Services.Metrics!.Slow);
                sampler.Sampled = new CollectorDatagrams(settings, [.. slow], collector.Send).Tell;
            }

            _ = sampler.RunAsync(app.Lifetime.ApplicationStopped);
        }
    }
}
