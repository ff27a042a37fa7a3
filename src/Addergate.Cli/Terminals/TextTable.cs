using System.Text;
using Addergate.Settings.Reference;

namespace Addergate.Cli.Terminals;

/// <summary>Rows in columns as wide as their longest text. Columns of numbers are set to the right.</summary>
/// <param name="style">Colours or none.</param>
/// <param name="columns">Heading of each column; one that begins with <c>&gt;</c> is set to the right.</param>
internal sealed class TextTable(TextStyle style, params string[] columns)
{
    private const string Gap = "   ";

    private readonly List<(string[] Cells, Func<string, string>?[] Styles)> _rows = [];

    /// <summary>Adds a row: text and, where wanted, how it is styled.</summary>
    internal void Add(params (string Text, Func<string, string>? Style)[] cells) => _rows.Add(
        ([.. cells.Select(cell => cell.Text)], [.. cells.Select(cell => cell.Style)]));

    /// <param name="indent">Before each line.</param>
    internal string Write(string indent)
    {
        var text = new StringBuilder();
        var headings = columns.Select(column => column.TrimStart('>')).ToArray();
        var widths = headings.Select((heading, column) => Math.Max(
            heading.Length, _rows.Select(row => row.Cells[column].Length).DefaultIfEmpty().Max())).ToArray();
        Line(headings, column => style.Faint);
        foreach (var (cells, styles) in _rows)
        {
            Line(cells, column => styles[column]);
        }

        return text.ToString();

        void Line(string[] cells, Func<int, Func<string, string>?> styleOf)
        {
            var line = new StringBuilder(indent);
            for (var column = 0; column < cells.Length; column++)
            {
                // Padding is added outside the style, so that an underlined or coloured cell is no wider than its text.
                var padding = new string(' ', widths[column] - cells[column].Length);
                var styled = styleOf(column) is { } apply ? apply(cells[column]) : cells[column];
                line.Append(column == 0 ? "" : Gap)
                    .Append(columns[column].StartsWith('>') ? padding + styled : styled + padding);
            }

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
    }
}
