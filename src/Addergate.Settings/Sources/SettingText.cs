using Addergate.Settings.Declarations;

namespace Addergate.Settings.Sources;

/// <summary>A value as one source wrote it.</summary>
/// <param name="Setting">What it is for.</param>
/// <param name="Text">Never empty.</param>
/// <param name="Origin">For people: <c>--port</c>, <c>PORT</c>, <c>addergate.toml:3: port</c>.</param>
/// <param name="Directory">Where names of files are looked for that are not known to be paths; null for the current directory.
/// </param>
public sealed record SettingText(Setting Setting, string Text, string Origin, string? Directory = null)
{
    /// <summary>The origin of the argument without an option.</summary>
    public const string Entry = "ENTRY";

    /// <summary>For a column beside the setting's name: a file with its line, otherwise the origin.</summary>
    public string Place { get; init; } = Origin;
}
