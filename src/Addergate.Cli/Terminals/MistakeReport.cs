using System.Text;
using Addergate.Settings.Mistakes;

namespace Addergate.Cli.Terminals;

/// <summary>Writes what is wrong with a command line: a line for one mistake, a list for several.</summary>
internal static class MistakeReport
{
    internal static void Write(StandardStream stream, IReadOnlyList<Mistake> mistakes)
    {
        var text = new StringBuilder(stream.Style.Error("addergate:"));
        if (mistakes is [var only])
        {
            text.Append(' ').Append(only).Append('\n');
        }
        else
        {
            text.Append($" {mistakes.Count} mistakes, nothing was started:\n");
            foreach (var mistake in mistakes)
            {
                text.Append("  - ").Append(mistake).Append('\n');
            }
        }

        stream.Write(text.ToString());
    }

    internal static void WriteWarnings(StandardStream stream, IReadOnlyList<string> warnings)
    {
        foreach (var warning in warnings)
        {
            stream.Write($"{stream.Style.Warning("addergate: warning:")} {warning}\n");
        }
    }
}
