using System.Text.Json;

namespace Addergate.Settings.Model;

/// <summary>
/// The resolved settings of one server: what the user wrote, checked, with every default filled in. Immutable; the
/// supervisor hands it to the front end as JSON.
/// </summary>
public sealed record ServerSettings
{
    public required ApplicationSettings Application { get; init; }

    public required PythonSettings Python { get; init; }

    public required ListenSettings Listen { get; init; }

    public NameSettings Names { get; init; } = new();

    public ProxySettings Proxies { get; init; } = new();

    public required WorkerSettings Workers { get; init; }

    public required QueueSettings Queue { get; init; }

    public required TimeoutSettings Timeouts { get; init; }

    public required ClientSettings Clients { get; init; }

    public required LimitSettings Limits { get; init; }

    public required StaticSettings Static { get; init; }

    public required LogSettings Logs { get; init; }

    public required IdentitySettings Identity { get; init; }

    /// <summary>Service scripts, in the order in which they were named.</summary>
    public required IReadOnlyList<ServiceSettings> Services { get; init; }

    /// <summary>Directory for spool files. Absolute.</summary>
    public required string ServerRoot { get; init; }

    /// <summary>Where the supervisor's pid is written, or null.</summary>
    public string? PidFile { get; init; }

    public string ToJson() => SettingsJsonWriter.Write(this);

    /// <exception cref="JsonException">It is not what <see cref="ToJson"/> wrote.</exception>
    public static ServerSettings FromJson(string json) => SettingsJsonReader.Read(json);
}
