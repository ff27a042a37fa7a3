using System.Text.Json;

namespace Addergate.Settings.Model;

/// <summary>
/// The resolved settings of one server: what the user wrote, checked, with every default filled in. Immutable; the
/// supervisor hands it to the front end as JSON.
/// </summary>
public sealed record ServerSettings
{
    /// <summary>At least one. The first is the server's own: services run beside it.</summary>
    public required IReadOnlyList<HostedApplication> Applications { get; init; }

    public required ListenSettings Listen { get; init; }

    public NameSettings Names { get; init; } = new();

    public ProxySettings Proxies { get; init; } = new();

    /// <summary>Of the server as a whole: draining and stopping.</summary>
    public required TimeoutSettings Timeouts { get; init; }

    public required ClientSettings Clients { get; init; }

    /// <summary>Of the server as a whole: the totals.</summary>
    public required LimitSettings Limits { get; init; }

    public AccessSettings Access { get; init; } = new();

    public required StaticSettings Static { get; init; }

    public ErrorPageSettings ErrorPages { get; init; } = new();

    public ForwardSettings Forwarding { get; init; } = new();

    public required LogSettings Logs { get; init; }

    public TelemetrySettings Telemetry { get; init; } = new();

    public DevelopmentSettings Development { get; init; } = new();

    /// <summary>Who the front end runs as.</summary>
    public required IdentitySettings Identity { get; init; }

    /// <summary>Service scripts, in the order in which they were named.</summary>
    public required IReadOnlyList<ServiceSettings> Services { get; init; }

    /// <summary>Directory for spool files. Absolute.</summary>
    public required string ServerRoot { get; init; }

    /// <summary>Where the supervisor's pid is written, or null.</summary>
    public string? PidFile { get; init; }

    /// <summary>The server's own application, the only one of most servers.</summary>
    public HostedApplication Main => Applications[0];

    /// <summary>Everything that has workers: the applications, then the scripts that decide on access.</summary>
    public IReadOnlyList<HostedApplication> Pools =>
        Access.Application is { } access ? [.. Applications, access] : Applications;

    /// <summary>Request threads of all of them together, once every pool is as large as it may be.</summary>
    public int MostSlots => Pools.Sum(static one => one.Workers.MaximumProcesses * one.Workers.Threads);

    public string ToJson() => SettingsJsonWriter.Write(this);

    /// <exception cref="JsonException">It is not what <see cref="ToJson"/> wrote.</exception>
    public static ServerSettings FromJson(string json) => SettingsJsonReader.Read(json);
}
