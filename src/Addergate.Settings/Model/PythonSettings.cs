namespace Addergate.Settings.Model;

/// <summary>The interpreter of the workers.</summary>
public sealed record PythonSettings
{
    /// <summary>What to run, as found: <c>--python</c>, <c>--python-home</c>/bin/python, <c>$VIRTUAL_ENV</c>/bin/python
    /// or <c>python3</c>. The interpreter probe resolves it to the real <c>sys.executable</c>.</summary>
    public required string Executable { get; init; }

    /// <summary>For people: which option or variable named it.</summary>
    public required string Source { get; init; }
}
