namespace Addergate.Settings.Model;

/// <summary>What helps while an application is written. Directories are absolute; null = it is off.</summary>
public sealed record DevelopmentSettings
{
    /// <summary>One worker with one request thread, which has the terminal.</summary>
    public bool DebugMode { get; init; }

    /// <summary>Whether pdb looks at exceptions of requests; only with <see cref="DebugMode"/>.</summary>
    public bool Debugger { get; init; }

    /// <summary>Whether pdb asks before the first request.</summary>
    public bool DebuggerAtStart { get; init; }

    /// <summary>For HTML pages; only with <see cref="DebugMode"/>.</summary>
    public string? CoverageDirectory { get; init; }

    /// <summary>For files of cProfile; only with <see cref="DebugMode"/>.</summary>
    public string? ProfilerDirectory { get; init; }

    /// <summary>For requests and responses.</summary>
    public string? RecorderDirectory { get; init; }
}
