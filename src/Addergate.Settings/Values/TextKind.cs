namespace Addergate.Settings.Values;

/// <summary>Any text; what it must be is checked where all settings are known.</summary>
internal static class TextKind
{
    internal static ValueKind<string> Named(string metavar, string syntax) =>
        new(metavar, syntax, Parse, text => text);

    /// <summary>A path; relative ones are relative to the directory that the command was started in,
    /// or to that of the configuration file.</summary>
    internal static ValueKind<string> File { get; } = Named("FILE", "a path") with { Under = Under };

    internal static ValueKind<string> Directory { get; } = Named("DIR", "a directory") with { Under = Under };

    internal static string Under(string path, string directory) => Path.GetFullPath(path, directory);

    private static Parsed<string> Parse(string text) =>
        text.Contains('\0') ? Parsed<string>.Wrong("contains a NUL character") : text;
}
