namespace Addergate.Settings.Machines;

/// <summary>All that resolving settings asks about the machine, so that tests can answer instead. Nothing here throws.
/// </summary>
public interface IMachine
{
    /// <summary>Absolute.</summary>
    string CurrentDirectory { get; }

    int ProcessId { get; }

    uint EffectiveUserId { get; }

    /// <summary>Environment variables, as the command was started with.</summary>
    IReadOnlyDictionary<string, string> Variables { get; }

    PathKind KindOf(string path);

    /// <summary>Why this process cannot read a file (<c>Permission denied</c>), or null when it can.</summary>
    string? ProblemReading(string path);

    /// <summary>What a file begins with, all of it when that is less; nothing when it cannot be read.</summary>
    byte[] ReadBeginning(string path, int most);

    /// <summary>Whether the file may be executed.</summary>
    bool IsExecutable(string path);

    /// <summary>Names in a directory; none when it cannot be read.</summary>
    IEnumerable<string> NamesIn(string directory);

    UserEntry? FindUser(string name);

    UserEntry? FindUser(uint id);

    GroupEntry? FindGroup(string name);

    GroupEntry? FindGroup(uint id);
}
