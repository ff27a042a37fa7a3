using System.Text.Json;
using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Metrics;
using Addergate.AspNetCore.Slots;
using Addergate.AspNetCore.Tls;
using Addergate.Posix.Processes;
using Addergate.Settings.Model;
using Addergate.Wire.Control;
using Addergate.Wire.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>
/// The front end role: everything between the clients and the slots, in a process of its own. It is told what to do
/// over descriptor 3 and logs over descriptor 4; docs/design/0001-process-model.md has the conversation.
/// </summary>
public static class FrontEndRole
{
    /// <summary>Runs until the supervisor drains it (0), is gone, or the start failed (1). The caller then ends the
    /// process.</summary>
    /// <param name="page">Makes the page with figures, where it is asked for.</param>
    public static async Task<int> RunAsync(Func<ITelemetrySource, RequestDelegate> page)
    {
        // Before anything secret arrives: application code runs under the same uid.
        ProcessSecrecy.Enter();
        using var control = new ControlChannel(InheritedSocket.Take(InheritedSocket.Control));
        using var log = new LogSender(InheritedSocket.Take(InheritedSocket.Log));

        if (await control.ReadAsync().ConfigureAwait(false) is not ConfigureMessage configure)
        {
            return 1;
        }

        using var slots = InheritedSocket.Take(configure.SlotListener);
        try
        {
            var settings = ServerSettings.FromJson(configure.SettingsJson);
            var certificates = new CertificateStore(settings.Listen.Tls.VerifiesAll());
            var problem = await TakeCertificateAsync(control, configure, certificates).ConfigureAwait(false);
            if (problem is not null)
            {
                return await FailAsync(control, problem).ConfigureAwait(false);
            }

            var site = configure.Listeners.Where(static listener => listener.Use != ListenerUse.Telemetry).ToArray();
            var app = FrontEndHost.Build(settings, site, certificates, log);
            await app.StartAsync().ConfigureAwait(false);
            app.Services.GetRequiredService<SupervisorLink>().Attach(message => _ = control.SendAsync(message));
            var closing = new Closing(app, settings.Timeouts, site);
            var loop = new ControlLoop(control, app, closing, certificates);
            if (await loop.CatchUpAsync().ConfigureAwait(false) is { } exit)
            {
                return exit;
            }

            MetricsSetup.Start(app, settings);
            await StartPageAsync(app, configure.Listeners, page, log).ConfigureAwait(false);
            _ = app.Services.GetRequiredService<SlotListener>().RunAsync(slots, CancellationToken.None);
            await control.SendAsync(new SignalMessage(ControlKind.Ready)).ConfigureAwait(false);
            return await loop.RunAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or JsonException or InvalidOperationException)
        {
            return await FailAsync(control, failure.Message).ConfigureAwait(false);
        }
    }

    /// <summary>The page with figures goes when the site stops: a new front end has its own.</summary>
    private static async Task StartPageAsync(
        WebApplication app,
        IReadOnlyList<InheritedListener> listeners,
        Func<ITelemetrySource, RequestDelegate> page,
        LogSender log)
    {
        foreach (var listener in listeners.Where(static listener => listener.Use == ListenerUse.Telemetry))
        {
            var host = TelemetryHost.Build(
                listener.Descriptor, page(app.Services.GetRequiredService<MetricsSampler>()), log);
            app.Lifetime.ApplicationStopping.Register(() => _ = host.StopAsync());
            await host.StartAsync().ConfigureAwait(false);
        }
    }

    private static async Task<string?> TakeCertificateAsync(
        ControlChannel control, ConfigureMessage configure, CertificateStore certificates)
    {
        if (!configure.Listeners.Any(static listener => listener.Use == ListenerUse.Secure))
        {
            return null;
        }

        return await control.ReadAsync().ConfigureAwait(false) is CertificateMessage certificate
            ? certificates.TryReplace(certificate)
            : "the supervisor sent no certificate for the TLS listener";
    }

    private static async Task<int> FailAsync(ControlChannel control, string reason)
    {
        await control.SendAsync(new TextMessage(ControlKind.Failed, reason)).ConfigureAwait(false);
        return 1;
    }
}
