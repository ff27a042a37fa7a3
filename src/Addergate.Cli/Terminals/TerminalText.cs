using System.Text;

namespace Addergate.Cli.Terminals;

/// <summary>Text that came from elsewhere, for a terminal.</summary>
internal static class TerminalText
{
    /// <summary>Without control characters except newline and tab: it cannot move the cursor or change colours.</summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.IsControl(character) && character is not ('\n' or '\t'))
            {
                clean.Append("\\x").Append(((int)character).ToString("x2", null));
            }
            else
            {
                clean.Append(character);
            }
        }

        return clean.ToString();
    }
}
