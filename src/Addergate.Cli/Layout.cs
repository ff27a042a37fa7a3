namespace Addergate.Cli;

/// <summary>Where the parts of the published program lie: one folder for all roles.</summary>
/// <param name="directory">That folder.</param>
internal sealed class Layout(string directory)
{
    /// <summary>This program, absolute: also when it was started through the dotnet command.</summary>
    internal string Program { get; } = Path.Combine(directory, "addergate");

    internal string Bootstrap { get; } = Path.Combine(directory, "python", "addergate", "bootstrap.py");

    internal string TomlReader { get; } = Path.Combine(directory, "python", "addergate", "_toml_reader.py");
}
