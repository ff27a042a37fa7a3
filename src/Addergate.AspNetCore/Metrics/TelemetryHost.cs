using Addergate.AspNetCore.FrontEnd;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Metrics;

/// <summary>
/// The web server of the page with figures: one of its own beside the site's, so that neither the site's limits keep anybody
/// from looking at a server that is full, nor those who look take anything from the site. It works on the thread pool.
/// </summary>
internal static class TelemetryHost
{
    // Some people with some tabs, and a scraper.
    private const int MostConnections = 32;

    private static readonly TimeSpan HeadPatience = TimeSpan.FromSeconds(10);

    /// <param name="descriptor">The listening socket.</param>
    /// <param name="page">Answers everything.</param>
    /// <param name="log">The server's log.</param>
    public static WebApplication Build(int descriptor, RequestDelegate page, LogSender log)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "Addergate",
            EnvironmentName = Environments.Production,
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Services.AddSingleton<ILoggerProvider>(_ => new SupervisorLoggerProvider(log));
        builder.Services.AddSingleton<IHostLifetime, SupervisedLifetime>();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxConcurrentConnections = MostConnections;
            options.Limits.MaxRequestBodySize = 0;
            options.Limits.RequestHeadersTimeout = HeadPatience;
            options.ListenHandle((ulong)descriptor, static listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.Run(page);
        return app;
    }
}
