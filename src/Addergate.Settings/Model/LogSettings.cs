namespace Addergate.Settings.Model;

/// <summary>Logs. A null path means the terminal (the supervisor's stderr; stdout for the access log).</summary>
public sealed record LogSettings
{
    public required LogLevelName Level { get; init; }

    public string? ErrorLog { get; init; }

    /// <summary>Where the error log goes in place of a file or the terminal, or null.</summary>
    public SystemLog? ErrorSystemLog { get; init; }

    /// <summary><c>text</c>, <c>json</c>, or Apache's notation, found good.</summary>
    public string ErrorLogFormat { get; init; } = "text";

    /// <summary>Bytes over which a log file is not to grow: it is renamed first, and a new one begun. Null for no limit.</summary>
    public long? RotateAt { get; init; }

    /// <summary>Whether requests are logged.</summary>
    public required bool AccessLogEnabled { get; init; }

    public string? AccessLog { get; init; }

    /// <summary>Where the access log goes in place of a file or the terminal, or null.</summary>
    public SystemLog? AccessSystemLog { get; init; }

    /// <summary>A file for what is said until the server is ready, or null.</summary>
    public string? StartupLog { get; init; }

    /// <summary>Where the journal is reached when a terminal turns out to be the journal.</summary>
    public string JournalSocket { get; init; } = "/run/systemd/journal/socket";

    /// <summary><c>common</c>, <c>combined</c>, <c>json</c>, or Apache's notation, found good.</summary>
    public required string AccessLogFormat { get; init; }
}
