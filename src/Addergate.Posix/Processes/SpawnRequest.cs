namespace Addergate.Posix.Processes;

/// <summary>A program to start with posix_spawn.</summary>
public sealed record SpawnRequest
{
    /// <summary>Path of the executable; PATH is not searched.</summary>
    public required string Program { get; init; }

    /// <summary>All of argv, its first item included.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The whole environment as <c>NAME=value</c>; nothing is inherited besides.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>Descriptor number in the child → the caller's descriptor, which stays the caller's. Descriptors that
    /// are not named here reach the child only if they are not close-on-exec.</summary>
    public required IReadOnlyDictionary<int, int> Descriptors { get; init; }

    /// <summary>Whether the child leads a process group of its own, so that a terminal's Ctrl-C does not reach it.
    /// </summary>
    public bool NewProcessGroup { get; init; } = true;
}
