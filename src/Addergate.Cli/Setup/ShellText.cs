namespace Addergate.Cli.Setup;

/// <summary>Text for a POSIX shell.</summary>
internal static class ShellText
{
    /// <summary>One word that means exactly this text, whatever is in it.</summary>
    internal static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
