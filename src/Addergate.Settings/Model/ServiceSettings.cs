namespace Addergate.Settings.Model;

/// <summary>A service script: a process beside the workers that serves no requests.</summary>
public sealed record ServiceSettings
{
    /// <summary>Unique; letters, digits, dots, dashes and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the script.</summary>
    public required string Path { get; init; }

    /// <summary>Who it runs as; nulls as in the server's own identity.</summary>
    public required IdentitySettings Identity { get; init; }

    /// <summary>Where its output goes; null = with the server's error log.</summary>
    public string? LogFile { get; init; }
}
