using System.Diagnostics;
using Addergate.AspNetCore.Access;
using Addergate.AspNetCore.AccessLog;
using Addergate.AspNetCore.Compression;
using Addergate.AspNetCore.Connections;
using Addergate.AspNetCore.ErrorPages;
using Addergate.AspNetCore.Files;
using Addergate.AspNetCore.Forwarding;
using Addergate.AspNetCore.Handovers;
using Addergate.AspNetCore.Metrics;
using Addergate.AspNetCore.Proxies;
using Addergate.AspNetCore.Status;
using Addergate.AspNetCore.Tls;
using Addergate.Settings.Model;
using Addergate.Wire.Control;
using Addergate.Wire.Logs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>Composes the ASP.NET Core application that the front end role runs. It decides nothing: the order of a
/// request is the order of the lines here.</summary>
internal static class FrontEndHost
{
    // Without a version: it helps nobody but who looks for old ones.
    private const string ServerHeader = "Addergate";

    public static WebApplication Build(
        ServerSettings settings, IReadOnlyList<InheritedListener> listeners, CertificateStore certificates, LogSender log)
    {
        // Empty, not slim: no configuration files, environment variables, console or signal handlers.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "Addergate",
            EnvironmentName = Environments.Production,
            ContentRootPath = settings.ServerRoot,
        });

        builder.Logging.SetMinimumLevel(SupervisorLoggerProvider.Minimum(settings.Logs.Level));
        // Else every request logs four lines at Information, and every listener one that the banner has already said.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // The host makes an Activity and a log scope for every request as long as its category could log anything at
        // all. It logs the start and the end of requests only; Kestrel reports what goes wrong.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Services.AddSingleton<ILoggerProvider>(_ => new SupervisorLoggerProvider(log));
        builder.Services.AddSingleton<IHostLifetime, SupervisedLifetime>();
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan);

        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseSockets(options => TransportSetup.Apply(options, settings));
        // The later ones go first, and each says which endpoints are its own.
        builder.Services.AddSingleton(all => new ConnectionPlaces(
            DescriptorBudget.Clients(settings, all.GetRequiredService<DescriptorReserve>().Files),
            all.GetRequiredService<TimeProvider>(),
            all.GetRequiredService<ILogger<ConnectionPlaces>>()));
        builder.Services.AddSingleton<IConnectionListenerFactory, ClientTransport>();
        if (settings.Listen.PlainHttp2)
        {
            builder.Services.AddSingleton<HandoverTransport>();
            builder.Services.AddSingleton<IConnectionListenerFactory>(
                static all => all.GetRequiredService<HandoverTransport>());
        }

        builder.WebHost.ConfigureKestrel(options => KestrelSetup.Apply(options, settings, listeners, certificates));

        foreach (var hosted in settings.Pools)
        {
            builder.Services.AddWsgi(hosted.Name, options => ApplicationSetup.Apply(options, hosted, settings, ServerHeader));
        }
        StatusSetup.Add(builder.Services);
        MetricsSetup.Add(builder.Services, settings.Telemetry);
        HandoverSetup.Add(builder.Services, settings.Static);
        ErrorPageSetup.Add(builder.Services, settings.ErrorPages);
        builder.Services.AddSingleton(all => new AccessLogWriter(
            AccessLogFormats.Create(settings),
            log.SendWhenPossibleAsync,
            dropped => log.Send(LogLevelCode.Warning, $"{dropped} access log lines were dropped."),
            all.GetRequiredService<TimeProvider>()));

        builder.Services.AddSingleton<DiagnosticSource>(all => new RefusedRequests(
            settings.Logs.AccessLogEnabled ? all.GetRequiredService<AccessLogWriter>() : null,
            all.GetRequiredService<TimeProvider>()));

        var app = builder.Build();
        // Without UseMiddleware: it looks constructors and methods up by reflection.
        if (settings.Logs.AccessLogEnabled)
        {
            var writer = app.Services.GetRequiredService<AccessLogWriter>();
            var time = app.Services.GetRequiredService<TimeProvider>();
            app.Use(next => new AccessLogMiddleware(next, writer, time).InvokeAsync);
        }

        var proxyLog = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Addergate.Proxies");
        var isPassedOn = settings.Forwarding.Rules.Count > 0;
        app.Use(next => new TrustedProxyMiddleware(next, settings.Proxies, proxyLog, isPassedOn).InvokeAsync);

        if (settings.Clients.KeepAlive == TimeSpan.Zero)
        {
            app.Use(static next => context =>
            {
                context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
                return next(context);
            });
        }

        ErrorPageSetup.Use(app, settings, ServerHeader);
        app.Use(static next => new ExpectationMiddleware(next, ServerHeader).InvokeAsync);
        NamesSetup.Apply(app, settings, ServerHeader);
        TlsSetup.Use(app, settings.Listen.Tls, ServerHeader);
        AccessSetup.Use(app, settings, ServerHeader);
        StatusSetup.Use(app, settings, ServerHeader);
        if (settings.Static.CompressResponses)
        {
            CompressionSetup.Use(app);
        }

        ForwardSetup.Apply(app, settings, ServerHeader);
        HandoverSetup.Use(app, settings.Static, ServerHeader);
        if (settings.Static.ServesFiles)
        {
            FilePipeline.Use(app, settings.Static, settings.Main.Application, ServerHeader);
        }

        MountSetup.Apply(app, settings.Applications, ServerHeader);
        return app;
    }
}
