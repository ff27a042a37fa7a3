using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>Figures of the running server. Without any of these nothing is measured.</summary>
public static class TelemetryDeclarations
{
    public static Setting<bool> Page { get; } = new()
    {
        Name = "enable-telemetry",
        Group = SettingGroup.Telemetry,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "mod_wsgi-express --enable-telemetry (needs a package of its own there, and excludes --telemetry-service)",
        Help = "Show on a page for this machine how requests, workers and queue do; its /metrics is for Prometheus",
    };

    public static Setting<int> PagePort { get; } = new()
    {
        Name = "telemetry-ui-port",
        Group = SettingGroup.Telemetry,
        Kind = NumberKind.Port,
        Default = 8888,
        Provenance = "mod_wsgi-express --telemetry-ui-port",
        Help = "Port of that page, on 127.0.0.1 alone; 0 = one that is free",
    };

    public static Setting<string> Service { get; } = new()
    {
        Name = "telemetry-service",
        Group = SettingGroup.Telemetry,
        Kind = TextKind.Named("unix:PATH", "unix: and an absolute path"),
        Provenance = "mod_wsgi-express --telemetry-service",
        Help = "Send the same figures to the collector that listens on this Unix datagram socket, in mod_wsgi's format; "
            + "also beside --enable-telemetry",
    };

    public static Setting<TimeSpan> Interval { get; } = new()
    {
        Name = "telemetry-interval",
        Group = SettingGroup.Telemetry,
        Kind = DurationKind.Instance,
        Default = TimeSpan.FromSeconds(1),
        Provenance = "mod_wsgi-express --telemetry-interval",
        Help = "Time between two samples, at least 0.5 s; the page shows the last 600",
    };

    public static Setting<string> Options { get; } = new()
    {
        Name = "telemetry-options",
        Group = SettingGroup.Telemetry,
        Kind = TextKind.Named("OPTION", "CaptureUserAgent with + or - before it or nothing, None or All"),
        Form = SettingForm.Repeated,
        MayBeOne = true,
        VariableSeparator = ' ',
        Provenance = "mod_wsgi-express --telemetry-options",
        Help = "What else the collector is told of slow requests: +CaptureUserAgent for the client's program",
    };

    public static Setting<bool> ServerMetrics { get; } = new()
    {
        Name = "server-metrics",
        Group = SettingGroup.Telemetry,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "mod_wsgi-express --server-metrics",
        Help = "Let mod_wsgi.server_metrics() tell applications about all processes of the server; it is None without",
    };
}
