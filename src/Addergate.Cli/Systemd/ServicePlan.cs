using Addergate.Settings.Model;

namespace Addergate.Cli.Systemd;

/// <summary>A service that is to be installed: what its files are made from.</summary>
internal sealed record ServicePlan
{
    /// <summary>Letters, digits, dashes and underscores.</summary>
    internal required string Name { get; init; }

    /// <summary>As the service's command line will be resolved.</summary>
    internal required ServerSettings Settings { get; init; }

    /// <summary>For people.</summary>
    internal required string Application { get; init; }

    /// <summary>Absolute.</summary>
    internal required string Program { get; init; }

    /// <summary>What follows <c>start-server</c>: ENTRY, and each option with its values.</summary>
    internal required IReadOnlyList<IReadOnlyList<string>> Words { get; init; }

    /// <summary>Who the application runs as.</summary>
    internal required string User { get; init; }

    internal required string Group { get; init; }

    /// <summary>Why the supervisor has to be root, for people; null when it runs as the user itself, and nothing is root.
    /// </summary>
    internal string? RootReason { get; init; }

    /// <summary>Whether systemd opens the ports.</summary>
    internal bool IsSocketActivated { get; init; }

    /// <summary>Directories that the application writes in, beside its own.</summary>
    internal IReadOnlyList<string> Writable { get; init; } = [];

    /// <summary>Paths that the service needs to see, wherever they are.</summary>
    internal IReadOnlyList<string> Needed { get; init; } = [];

    /// <summary>The unit for HTTP, and where there is HTTPS one for that.</summary>
    internal IEnumerable<string> SocketUnits => !IsSocketActivated
        ? []
        : Settings.Listen.HttpsPort is null ? [$"{Name}.socket"] : [$"{Name}.socket", $"{Name}-https.socket"];

    /// <summary>Made and owned by systemd: <c>StateDirectory=</c> and the others.</summary>
    internal static string StateDirectory(string name) => $"/var/lib/{name}";

    internal static string RuntimeDirectory(string name) => $"/run/{name}";

    internal static string LogsDirectory(string name) => $"/var/log/{name}";

    /// <summary>Whether the command line names the directory for logs that systemd makes: it has to be there at the start,
    /// whatever is written to it.</summary>
    internal bool HasLogsDirectory => Words.Any(words => words.Contains(LogsDirectory(Name)));

    /// <summary>The files that are logs of this server.</summary>
    internal IReadOnlyList<string> LogFiles =>
    [
        .. new[] { Settings.Logs.ErrorLog, Settings.Logs.AccessLog }
            .Concat(Settings.Services.Select(static service => service.LogFile))
            .OfType<string>().Distinct(),
    ];
}
