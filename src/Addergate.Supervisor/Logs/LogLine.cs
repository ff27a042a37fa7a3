using System.Text;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Logs;

/// <summary>
/// The form of a record in the error log:
/// <c>2026-11-22T07:40:21.123Z [error] [worker 3, pid 4711] [request id] text</c>. Further lines of a record are
/// indented, and control characters and those that turn the direction of writing are shown as numbers, so that nothing that
/// a client or an application prints can pass for another record or reach the terminal as an escape code.
/// </summary>
internal static class LogLine
{
    private const string Dim = "\e[2m";
    private const string Red = "\e[31m";
    private const string Yellow = "\e[33m";
    private const string Cyan = "\e[36m";
    private const string Plain = "\e[0m";

    /// <param name="time">When it arrived.</param>
    /// <param name="word">Level or stream: <c>error</c>, <c>stdout</c>.</param>
    /// <param name="source">Who said it.</param>
    /// <param name="requestId">Its request, or empty.</param>
    /// <param name="text">What was said; may have many lines.</param>
    /// <param name="colour">Whether for a terminal.</param>
    public static byte[] Format(
        DateTimeOffset time, string word, string source, string requestId, string text, bool colour)
    {
        var line = new StringBuilder(text.Length + 96);
        line.Append(colour ? Dim : "").Append(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff")).Append("Z ");
        line.Append(colour ? Plain + ColourOf(word) : "").Append('[').Append(word).Append(']');
        line.Append(colour ? Plain + Dim : "").Append(" [").Append(source).Append("] ");
        if (requestId.Length > 0)
        {
            line.Append('[');
            AppendClean(line, requestId);
            line.Append("] ");
        }

        line.Append(colour ? Plain : "");
        AppendClean(line, text.AsSpan().TrimEnd('\n'));
        return Encoding.UTF8.GetBytes(line.Append('\n').ToString());
    }

    /// <summary>Apache's names of the levels.</summary>
    public static string NameOf(LogLevelCode level) => level switch
    {
        LogLevelCode.Debug => "debug",
        LogLevelCode.Info => "info",
        LogLevelCode.Warning => "warn",
        LogLevelCode.Error => "error",
        _ => "critical",
    };

    private static string ColourOf(string word) => word switch
    {
        "error" or "critical" => Red,
        "warn" or "stderr" => Yellow,
        "notice" => Cyan,
        _ => "",
    };

    /// <summary>Text whose further lines are indented and whose control characters are shown.</summary>
    public static void AppendClean(StringBuilder line, ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (character == '\n')
            {
                line.Append("\n    ");
            }
            else if (char.IsControl(character) && character != '\t')
            {
                line.Append("\\x").Append(((int)character).ToString("x2"));
            }
            else if (Misleads(character))
            {
                line.Append("\\u").Append(((int)character).ToString("x4"));
            }
            else
            {
                line.Append(character);
            }
        }
    }

    // Unicode's own ends of lines, which many programs split at, and what makes a terminal show a line in another order than
    // it has (Unicode Standard Annex 9).
    private static bool Misleads(char character) => character
        is '\u2028' or '\u2029'
        or '\u061c' or '\u200e' or '\u200f'
        or (>= '\u202a' and <= '\u202e')
        or (>= '\u2066' and <= '\u2069');
}
