namespace Addergate.Cli.Generated;

/// <summary>A file that a command makes for people to keep, and perhaps to change.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Text">All of it.</param>
/// <param name="Purpose">For people, a few words: <c>the settings</c>.</param>
internal sealed record GeneratedFile(string Path, string Text, string Purpose)
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    internal const UnixFileMode Private = Readable;

    internal const UnixFileMode Public = Readable | UnixFileMode.OtherRead;

    internal const UnixFileMode Program =
        Public | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Permissions of a file that was not there.</summary>
    internal UnixFileMode Mode { get; init; } = Public;

    /// <summary>What is added to its name for the file that is put beside one that somebody has changed. Some programs read
    /// every file of a directory but for those that end in certain ways.</summary>
    internal string BesideSuffix { get; init; } = ".new";

    internal string Beside => Path + BesideSuffix;
}
