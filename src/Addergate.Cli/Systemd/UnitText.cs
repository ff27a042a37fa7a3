using System.Text;

namespace Addergate.Cli.Systemd;

/// <summary>Text in the files of systemd (systemd.syntax(7), systemd.service(5), systemd.unit(5)).</summary>
internal static class UnitText
{
    /// <summary>What no file of them can say.</summary>
    internal static bool CanSay(string text) => !text.Any(char.IsControl);

    /// <summary>A value that is taken as it stands to the end of its line.</summary>
    internal static string Value(string text) => text.Replace("%", "%%", StringComparison.Ordinal);

    /// <summary>One word of a list of words.</summary>
    internal static string Word(string text)
    {
        var isPlain = text.Length > 0 && text.All(static character =>
            char.IsAsciiLetterOrDigit(character) || "/._-+=:,@%*()[]".Contains(character));
        if (isPlain)
        {
            return Value(text);
        }

        var quoted = new StringBuilder("\"");
        foreach (var character in Value(text))
        {
            quoted.Append(character is '"' or '\\' ? "\\" : "").Append(character);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>One word of a command line: variables are replaced in those.</summary>
    internal static string Argument(string text) => Word(text).Replace("$", "$$", StringComparison.Ordinal);
}
