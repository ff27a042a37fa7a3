using System.Text;
using Addergate.Cli.Terminals;
using Addergate.Settings.Reference;

namespace Addergate.Cli.Generated;

/// <summary>Says what was written, for people.</summary>
internal static class OutcomeReport
{
    internal static string Write(IReadOnlyList<(GeneratedFile File, FileOutcome Outcome)> outcomes, TextStyle style)
    {
        var text = new StringBuilder();
        var width = outcomes.Max(static outcome => Word(outcome.Outcome).Length);
        var pathWidth = outcomes.Max(static outcome => TerminalText.Clean(outcome.File.Path).Length);
        foreach (var (file, outcome) in outcomes)
        {
            var word = Word(outcome).PadRight(width);
            text.Append("  ").Append(outcome switch
            {
                FileOutcome.Written or FileOutcome.Updated => style.Name(word),
                FileOutcome.Unchanged => style.Faint(word),
                _ => style.Warning(word),
            });
            text.Append("  ").Append(TerminalText.Clean(file.Path).PadRight(pathWidth))
                .Append(style.Faint($"  {file.Purpose}")).Append('\n');
            if (outcome == FileOutcome.WrittenBeside)
            {
                text.Append(' ', width + 4).Append("You have changed it. What would be written now is in ")
                    .Append(TerminalText.Clean(file.Beside)).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Word(FileOutcome outcome) => outcome switch
    {
        FileOutcome.Written => "wrote",
        FileOutcome.Updated => "updated",
        FileOutcome.Unchanged => "unchanged",
        _ => "kept yours",
    };
}
