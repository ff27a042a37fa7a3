using System.Text;
using Addergate.Settings.Mistakes;

namespace Addergate.Cli.Terminals;

/// <summary>Writes what is wrong with a command line: a line for one mistake, a list for several.</summary>
internal static class MistakeReport
{
    /// <param name="stream">Where to.</param>
    /// <param name="mistakes">At least one.</param>
    /// <param name="consequence">Follows the number of several.</param>
    internal static void Write(
        StandardStream stream, IReadOnlyList<Mistake> mistakes, string consequence = ", nothing was started")
    {
        var text = new StringBuilder(stream.Style.Error("addergate:"));
        if (mistakes is [var only])
        {
            text.Append(' ').Append(Line(only)).Append('\n');
        }
        else
        {
            text.Append($" {mistakes.Count} mistakes{consequence}:\n");
            foreach (var mistake in mistakes)
            {
                text.Append("  - ").Append(Line(mistake)).Append('\n');
            }
        }

        stream.Write(text.ToString());
    }

    /// <summary>Values come from files too, with whatever characters are in them.</summary>
    private static string Line(Mistake mistake) =>
        TerminalText.Clean(mistake.ToString()).Replace("\n", "\\n", StringComparison.Ordinal);

    internal static void WriteWarnings(StandardStream stream, IReadOnlyList<string> warnings)
    {
        foreach (var warning in warnings)
        {
            stream.Write($"{stream.Style.Warning("addergate: warning:")} {warning}\n");
        }
    }
}
