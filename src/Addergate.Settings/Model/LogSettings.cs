namespace Addergate.Settings.Model;

/// <summary>Logs. A null path means the terminal (the supervisor's stderr; stdout for the access log).</summary>
public sealed record LogSettings
{
    public required LogLevelName Level { get; init; }

    public string? ErrorLog { get; init; }

    /// <summary><c>text</c>, <c>json</c>, or Apache's notation, found good.</summary>
    public string ErrorLogFormat { get; init; } = "text";

    /// <summary>Bytes over which a log file is not to grow: it is renamed first, and a new one begun. Null for no limit.</summary>
    public long? RotateAt { get; init; }

    /// <summary>Whether requests are logged.</summary>
    public required bool AccessLogEnabled { get; init; }

    public string? AccessLog { get; init; }

    /// <summary><c>common</c>, <c>combined</c>, <c>json</c>, or Apache's notation, found good.</summary>
    public required string AccessLogFormat { get; init; }
}
