using System.Globalization;
using System.Text;
using Addergate.Settings.Sources;

namespace Addergate.Cli.Systemd;

/// <summary>
/// The service itself. It may do what a web server does and nothing else; docs/guide/systemd.md says which restrictions
/// were tried and which do not work.
/// </summary>
internal static class ServiceUnit
{
    private const int FirstUnprivilegedPort = 1024;

    /// <summary>Of systemd, which is right where an application loads quickly.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);

    /// <summary>For the processes to end once all requests have.</summary>
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(15);

    internal static string Write(ServicePlan plan)
    {
        var text = new StringBuilder();
        Line($"# Made by addergate install-service. For changes of your own: systemctl edit {plan.Name}");
        Line("");
        Line("[Unit]");
        Line($"Description={UnitText.Value($"{plan.Name}: {plan.Application}")}");
        Line(plan.SocketUnits.Any() ? $"Requires={string.Join(' ', plan.SocketUnits)}" : null);
        Line(plan.SocketUnits.Any() ? $"After=network.target {string.Join(' ', plan.SocketUnits)}" : "After=network.target");
        Line("");
        Line("[Service]");
        Line("Type=notify");
        Line("NotifyAccess=main");
        if (plan.RootReason is null)
        {
            Line($"User={plan.User}");
            Line($"Group={plan.Group}");
        }
        else
        {
            Line($"# The supervisor is root because {plan.RootReason}.");
            Line($"# The front end and the application run as {plan.User}.");
        }

        Line($"WorkingDirectory={UnitText.Value(plan.Settings.Main.Application.WorkingDirectory)}");
        Line("# Variables for the application, NAME=VALUE in each line; the file need not be there.");
        Line($"EnvironmentFile=-/etc/default/{plan.Name}");
        Line($"ExecStart={UnitText.Word(plan.Program)} start-server{Words(plan)}");
        Line($"ExecReload={UnitText.Word(plan.Program)} reload --server-root {UnitText.Argument(plan.Settings.ServerRoot)}");
        Line("# After an upgrade the main process is not systemd's own child, and systemd alone would not wait for its requests.");
        Line($"ExecStop={UnitText.Word(plan.Program)} stop --server-root {UnitText.Argument(plan.Settings.ServerRoot)}");
        Line($"RuntimeDirectory={plan.Name}");
        Line("RuntimeDirectoryPreserve=restart");
        Line($"StateDirectory={plan.Name}");
        Line(plan.HasLogsDirectory ? $"LogsDirectory={plan.Name}" : null);
        Line("");
        Line("# A stop asks the supervisor alone, which lets requests finish. A worker that is killed for its memory is replaced.");
        Line("KillMode=mixed");
        Line("OOMPolicy=continue");
        Line($"TimeoutStartSec={StartSeconds(plan)}");
        Line($"TimeoutStopSec={StopSeconds(plan)}");
        Line("Restart=on-failure");
        Line("RestartSec=1");
        Line("# A mistake in the settings is no better the second time.");
        Line("RestartPreventExitStatus=2");
        Line("WatchdogSec=30");
        Line(plan.IsSocketActivated ? null : "# The ports stay open over a restart (from systemd 254 on).");
        Line(plan.IsSocketActivated ? null : "FileDescriptorStoreMax=4");
        Line("");
        Restrictions(plan, Line);
        Line("");
        Line("[Install]");
        Line("WantedBy=multi-user.target");
        Line(plan.SocketUnits.Any() ? $"Also={string.Join(' ', plan.SocketUnits)}" : null);
        return text.ToString();

        void Line(string? line)
        {
            if (line is not null)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static void Restrictions(ServicePlan plan, Action<string?> line)
    {
        var capabilities = Capabilities(plan);
        line("NoNewPrivileges=yes");
        line($"CapabilityBoundingSet={capabilities}");
        line(plan.RootReason is null && capabilities.Length > 0 ? $"AmbientCapabilities={capabilities}" : null);
        line("# Nothing can be written but the service's own directories, and these.");
        line("ProtectSystem=strict");
        line(plan.Writable.Count > 0
            ? $"ReadWritePaths={string.Join(' ', plan.Writable.Select(static path => UnitText.Word("-" + path)))}"
            : "#ReadWritePaths=/srv/data");
        line(Sees(plan, "/home", "/root", "/run/user") ? "ProtectHome=read-only" : "ProtectHome=yes");
        line(Sees(plan, "/tmp", "/var/tmp") ? "# What it needs lies in /tmp.\nPrivateTmp=no" : "PrivateTmp=yes");
        line("PrivateDevices=yes");
        line("DevicePolicy=closed");
        line("ProtectClock=yes");
        line("ProtectControlGroups=yes");
        line("ProtectHostname=yes");
        line("ProtectKernelLogs=yes");
        line("ProtectKernelModules=yes");
        line("ProtectKernelTunables=yes");
        line("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6");
        line("RestrictNamespaces=yes");
        line("RestrictRealtime=yes");
        line("RestrictSUIDSGID=yes");
        line("LockPersonality=yes");
        line("KeyringMode=private");
        line(plan.RootReason is null ? "RemoveIPC=yes" : null);
        line("SystemCallArchitectures=native");
        line("SystemCallFilter=@system-service");
        line("# Libraries try calls that may be missing; with an error they do without, and are not killed.");
        line("SystemCallErrorNumber=EPERM");
        line("UMask=0027");
        line("# MemoryDenyWriteExecute= must stay off: .NET compiles code as it runs, and would end at its start.");
        line("MemoryDenyWriteExecute=no");
    }

    /// <summary>As root: to become the user and stop its processes, and to make the user's directory and work in it.
    /// </summary>
    private static string Capabilities(ServicePlan plan)
    {
        var listen = plan.Settings.Listen;
        var isPrivileged = !plan.IsSocketActivated
            && listen.UnixSocket() is null
            && (listen.Port < FirstUnprivilegedPort || listen.HttpsPort < FirstUnprivilegedPort);
        return string.Join(' ',
        [
            .. plan.RootReason is null
                ? (string[])[]
                : ["CAP_SETUID", "CAP_SETGID", "CAP_KILL", "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_SYS_RESOURCE"],
            .. plan.Settings.Applications.Any(static one => one.Application.Root is not null) ? (string[])["CAP_SYS_CHROOT"] : [],
            .. isPrivileged ? (string[])["CAP_NET_BIND_SERVICE"] : [],
        ]);
    }

    private static bool Sees(ServicePlan plan, params string[] places) => plan.Needed.Any(path => places.Any(place =>
        path == place || path.StartsWith(place + "/", StringComparison.Ordinal)));

    private static string Words(ServicePlan plan) => string.Concat(plan.Words.Select(static (words, index) =>
        (index == 0 && !words[0].StartsWith('-') ? " " : " \\\n    ") + string.Join(' ', words.Select(static word =>
            UnitText.Argument(ArgumentVariables.Escape(word))))));

    private static string StartSeconds(ServicePlan plan)
    {
        var startups = plan.Settings.Applications.Select(static one => one.Timeouts.Startup).ToArray();
        var startup = startups.Max();
        return startups.Contains(TimeSpan.Zero)
            ? "infinity"
            : Seconds(startup + StartTimeout / 2 > StartTimeout ? startup + StartTimeout / 2 : StartTimeout);
    }

    private static string StopSeconds(ServicePlan plan)
    {
        var timeouts = plan.Settings.Timeouts;
        return Seconds(timeouts.DrainDelay + timeouts.Graceful + timeouts.Shutdown + StopMargin);
    }

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
