using System.Text;

namespace Addergate.Settings.LogFormats;

/// <summary>
/// Reads a format in Apache's notation: <c>%</c>, modifiers (<c>!</c>, statuses, <c>&lt;</c> and <c>&gt;</c>), an argument in
/// braces, a letter. A backslash stands before a quote or backslash, or makes a tab of <c>t</c>, as in Apache's
/// configuration. What a letter means is not its business.
/// </summary>
public static class LogFormatReader
{
    // Of the lines that can be written with it each must fit into one record.
    private const int Longest = 4096;
    private const int MostDirectives = 128;

    /// <summary>Null with the reason, worded to follow the format in quotes.</summary>
    public static IReadOnlyList<LogFormatItem>? TryRead(string format, out string? problem)
    {
        var items = new List<LogFormatItem>();
        var text = new StringBuilder();
        problem = format.Length > Longest ? $"is longer than {Longest} characters" : null;
        for (var at = 0; at < format.Length && problem is null;)
        {
            if (format[at] == '\\' && at + 1 < format.Length)
            {
                problem = Unescape(format[at + 1], text);
                at += 2;
            }
            else if (format[at] != '%')
            {
                problem = char.IsControl(format[at]) && format[at] != '\t'
                    ? "has a control character, which would tear its lines"
                    : null;
                text.Append(format[at++]);
            }
            else if (ReadDirective(format, ref at) is not { } directive)
            {
                problem = $"ends amid the directive {format[format.LastIndexOf('%')..]}";
            }
            else if (directive.Letter == '%')
            {
                text.Append('%');
            }
            else
            {
                Flush();
                items.Add(directive);
            }
        }

        Flush();
        if (items.Count(static item => item.Text is null) > MostDirectives)
        {
            problem ??= $"has more than {MostDirectives} directives";
        }

        return problem is null ? items : null;

        void Flush()
        {
            if (text.Length > 0)
            {
                items.Add(new LogFormatItem { Text = text.ToString() });
                text.Clear();
            }
        }
    }

    private static string? Unescape(char escaped, StringBuilder text)
    {
        switch (escaped)
        {
            case '"' or '\\':
                text.Append(escaped);
                return null;
            case 't':
                text.Append('\t');
                return null;
            case 'n' or 'r':
                return $"has \\{escaped}, which would tear its lines";
            default:
                text.Append('\\').Append(escaped);
                return null;
        }
    }

    /// <summary>Null at the end of the format.</summary>
    private static LogFormatItem? ReadDirective(string format, ref int at)
    {
        var statuses = new List<int>();
        var isNegated = false;
        var argument = "";
        for (at++; at < format.Length; at++)
        {
            switch (format[at])
            {
                case '!':
                    isNegated = true;
                    break;
                // First or last of internal redirects, of which there are none.
                case '<' or '>' or ',':
                    break;
                case '{':
                    var end = format.IndexOf('}', at);
                    if (end < 0)
                    {
                        return null;
                    }

                    argument = format[(at + 1)..end];
                    at = end;
                    break;
                case >= '0' and <= '9':
                    var digits = format.AsSpan(at).IndexOfAnyExceptInRange('0', '9');
                    digits = digits < 0 ? format.Length - at : digits;
                    statuses.Add(digits == 3 ? int.Parse(format.AsSpan(at, 3)) : 0);
                    at += digits - 1;
                    break;
                default:
                    return new LogFormatItem
                    {
                        Letter = format[at++],
                        Argument = argument,
                        Statuses = statuses,
                        IsNegated = isNegated,
                    };
            }
        }

        return null;
    }
}
