using Addergate.Posix.Processes;
using Addergate.Supervisor.Administration;
using Addergate.Supervisor.Certificates;
using Addergate.Supervisor.Endpoints;
using Addergate.Supervisor.Handover;
using Addergate.Supervisor.Logs;
using Addergate.Supervisor.Shell;
using Addergate.Supervisor.Systemd;

namespace Addergate.Supervisor;

/// <summary>The supervisor, from binding the ports to the last child's end.</summary>
public static class SupervisorRole
{
    /// <summary>As often as a certificate's files are looked at; renewing tools change them every few weeks.</summary>
    private static readonly TimeSpan CertificateInterval = TimeSpan.FromSeconds(1);

    /// <summary>Runs until a signal ends the server. Takes over the process's signals. After a restart was asked for it does
    /// not return: the process is the program anew then.</summary>
    /// <returns>The exit status: 0, or 1 when the server could not start.</returns>
    public static async Task<int> RunAsync(SupervisorPlan plan, ISupervisorEvents events)
    {
        using var predecessor = Predecessor.Of(plan.Environment);
        var (failure, ports) = await ServeAsync(plan, predecessor, events).ConfigureAwait(false);
        if (ports is not null)
        {
            failure = $"cannot start again: {Become(plan, ports)}";
        }

        if (failure is null)
        {
            return 0;
        }

        predecessor?.Fail(failure);
        events.Failed(failure);
        return 1;
    }

    /// <summary>Becomes the program anew; returns only why it could not.</summary>
    private static string Become(SupervisorPlan plan, string ports)
    {
        var program = ProgramPath.Find(plan);
        DebuggerFiles.Remove();
        var files = WorkerLimits.OpenFiles(plan.Environment);
        return ProcessImage.Replace(
            program,
            [plan.InvokedAs, .. plan.Arguments],
            HandoverVariables.For(
                plan, (HandoverVariables.Sockets, ports), (HandoverVariables.OpenFiles, $"{files}")));
    }

    /// <summary>Opens everything, each step with its own way to fail, and serves.</summary>
    /// <returns>Why it could not, or the ports that it left open for the program that this process is to become.</returns>
    private static async Task<(string? Failure, string? Ports)> ServeAsync(
        SupervisorPlan plan, Predecessor? predecessor, ISupervisorEvents events)
    {
        var settings = plan.Settings;
        var certificates = new CertificateFiles(settings.Listen, TimeProvider.System);
        if (certificates.Refresh(out _) is { Count: > 0 } badCertificates)
        {
            return (string.Join('\n', badCertificates), null);
        }

        if (ServerRoot.Prepare(settings.ServerRoot, settings.Identity) is { } badRoot)
        {
            return (badRoot, null);
        }

        using var root = new PassingRoot(plan.HasPassingRoot ? settings.ServerRoot : null);
        using var endpoints = ServerEndpoints.Open(plan, out var reason);
        if (endpoints is null)
        {
            return (reason, null);
        }

        // A server that had the ports until now may just have removed its root, which is this one's too.
        if (ServerRoot.Prepare(settings.ServerRoot, settings.Identity) is { } lostRoot)
        {
            return (lostRoot, null);
        }

        // A server that is to be replaced has them until this one serves.
        using var marks = new ServerMarks(settings);
        if (predecessor is null && marks.Open() is { } found)
        {
            return (found, null);
        }

        var logs = ServerLogs.Open(
            settings.Logs,
            plan.ColourTerminal,
            TimeProvider.System,
            out reason,
            plan.Environment.GetValueOrDefault("JOURNAL_STREAM"),
            Path.GetDirectoryName(settings.Logs.StartupLog) == settings.ServerRoot ? settings.Identity : null);
        if (logs is null)
        {
            return (reason, null);
        }

        try
        {
            if (logs.OpenFor(settings.Services) is { } badLog)
            {
                return (badLog, null);
            }

            using var launcher = new ChildLauncher(plan, endpoints, logs);
            var manager = new ServiceManager(plan.Environment, inheritsWatchdog: predecessor is not null);
            var parts = new ServerParts(
                plan, endpoints, certificates, logs, launcher, manager, marks, predecessor, TimeProvider.System);
            var server = await SuperviseAsync(parts, new StartupEvents(events, logs)).ConfigureAwait(false);
            if (server.Restarts || server.IsSucceeded)
            {
                root.Keep();
            }

            if (server.Failure is not { } failure)
            {
                return (null, server.Restarts ? endpoints.LeavePorts() : null);
            }

            logs.EndStartup($"not started: {failure}");
            return (settings.Logs.ErrorLog is { } log ? $"{failure}\nThe error log may say more: {log}" : failure, null);
        }
        finally
        {
            logs.Close();
        }
    }

    private static async Task<Server> SuperviseAsync(ServerParts parts, ISupervisorEvents events)
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
        server.TakeCommands();
        loop.Post(server.Begin);
        loop.Start();
        await loop.Ended.ConfigureAwait(false);
        return server;
    }
}
