namespace Addergate.Settings.Sources;

/// <summary>What a command takes beside the settings.</summary>
public sealed record OwnOptions
{
    /// <summary>Options without a value, with their dashes.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Options with a value, which may be repeated.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Whether the first word that is no option is a name for the command, and not ENTRY yet; null when the command
    /// takes no name.</summary>
    public Func<string, bool>? IsName { get; init; }

    internal IEnumerable<string> All => Flags.Concat(Values);
}
