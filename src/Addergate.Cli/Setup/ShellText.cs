namespace Addergate.Cli.Setup;

/// <summary>Text for a POSIX shell.</summary>
internal static class ShellText
{
    /// <summary>One word that means exactly this text, whatever is in it.</summary>
    internal static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>The same, without quotes where none are needed: for people to read.</summary>
    internal static string Word(string text) =>
        text.Length > 0 && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || "/._-+=:,@%".Contains(letter))
            ? text
            : Quote(text);
}
