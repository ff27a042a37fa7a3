namespace Addergate.Settings.Model;

/// <summary>The interpreter of the workers.</summary>
public sealed record PythonSettings
{
    /// <summary>What to run, as found: <c>--python</c>, <c>--python-home</c>/bin/python, <c>$VIRTUAL_ENV</c>/bin/python
    /// or <c>python3</c>. The interpreter probe resolves it to the real <c>sys.executable</c>.</summary>
    public required string Executable { get; init; }

    /// <summary>For people: which option or variable named it.</summary>
    public required string Source { get; init; }

    /// <summary>Filters for its <c>-W</c>.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Absolute; null = Python's own.</summary>
    public string? EggCache { get; init; }

    /// <summary>Zero = Python's own.</summary>
    public TimeSpan SwitchInterval { get; init; }

    /// <summary>Whether it must be a free-threaded build, and runs without the GIL.</summary>
    public bool FreeThreading { get; init; }

    /// <summary>LC_ALL; null = that of the environment.</summary>
    public string? Locale { get; init; }

    /// <summary>LANG; null = that of the environment.</summary>
    public string? Language { get; init; }

    /// <summary>Whether workers end without Python's exit handlers.</summary>
    public bool OrphanInterpreter { get; init; }
}
