using Addergate.Posix.Processes;
using Addergate.Supervisor.Certificates;
using Addergate.Supervisor.Endpoints;
using Addergate.Supervisor.Logs;
using Addergate.Supervisor.Shell;

namespace Addergate.Supervisor;

/// <summary>The supervisor, from binding the ports to the last child's end.</summary>
public static class SupervisorRole
{
    /// <summary>As often as a certificate's files are looked at; renewing tools change them every few weeks.</summary>
    private static readonly TimeSpan CertificateInterval = TimeSpan.FromSeconds(1);

    /// <summary>Runs until a signal ends the server. Takes over the process's signals.</summary>
    /// <returns>The exit status: 0, or 1 when the server could not start.</returns>
    public static async Task<int> RunAsync(SupervisorPlan plan, ISupervisorEvents events)
    {
        var failure = await ServeAsync(plan, events).ConfigureAwait(false);
        if (failure is not null)
        {
            events.Failed(failure);
        }

        return failure is null ? 0 : 1;
    }

    /// <summary>Opens everything, each step with its own way to fail, and serves.</summary>
    private static async Task<string?> ServeAsync(SupervisorPlan plan, ISupervisorEvents events)
    {
        var settings = plan.Settings;
        var certificates = new CertificateFiles(settings.Listen);
        if (certificates.Load() is { } badCertificate)
        {
            return badCertificate;
        }

        if (ServerRoot.Prepare(settings.ServerRoot, settings.Identity) is { } badRoot)
        {
            return badRoot;
        }

        using var endpoints = ServerEndpoints.Open(plan, out var reason);
        if (endpoints is null)
        {
            return reason;
        }

        using var pidFile = settings.PidFile is null ? null : PidFile.Write(settings.PidFile, out reason);
        if (pidFile is null && settings.PidFile is not null)
        {
            return reason;
        }

        var logs = ServerLogs.Open(settings.Logs, plan.ColourTerminal, TimeProvider.System, out reason);
        if (logs is null)
        {
            return reason;
        }

        try
        {
            using var launcher = new ChildLauncher(plan, endpoints, logs);
            var parts = new ServerParts(plan, endpoints, certificates, logs, launcher, TimeProvider.System);
            var failure = await SuperviseAsync(parts, events).ConfigureAwait(false);
            return failure is null || settings.Logs.ErrorLog is not { } log
                ? failure
                : $"{failure}\nThe error log may say more: {log}";
        }
        finally
        {
            logs.Close();
        }
    }

    private static async Task<string?> SuperviseAsync(ServerParts parts, ISupervisorEvents events)
    {
        // Orphans of the workers come here, so that they are reaped and none outlives the server unnoticed.
        ProcessControl.BecomeSubreaper();
        var loop = new SupervisorLoop();
        var server = new Server(parts, loop, events);
        using var signals = new SignalInbox(signal => loop.Post(() => server.OnSignal(signal)));
        using var watch = parts.Plan.Settings.Listen.HttpsPort is null
            ? null
            : parts.Time.CreateTimer(
                _ => loop.Post(server.RefreshCertificate), null, CertificateInterval, CertificateInterval);
        loop.Post(server.Begin);
        loop.Start();
        await loop.Ended.ConfigureAwait(false);
        return server.Failure;
    }
}
