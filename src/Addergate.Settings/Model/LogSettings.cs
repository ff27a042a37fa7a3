namespace Addergate.Settings.Model;

/// <summary>Logs. A null path means the terminal (the supervisor's stderr; stdout for the access log).</summary>
public sealed record LogSettings
{
    public required LogLevelName Level { get; init; }

    public string? ErrorLog { get; init; }

    /// <summary>Whether requests are logged.</summary>
    public required bool AccessLogEnabled { get; init; }

    public string? AccessLog { get; init; }

    public required AccessLogFormat AccessLogFormat { get; init; }
}
