using System.Globalization;
using System.Text;
using Addergate.Settings.LogFormats;

namespace Addergate.Supervisor.Logs;

/// <summary>
/// A format in Apache's notation. As there, a part between spaces in which a directive has nothing to say is left out;
/// <c>%</c> and a space end such a part without writing anything, a backslash and a space write one without ending it.
/// </summary>
internal sealed class PatternErrorFormat(IReadOnlyList<LogFormatItem> items, string serverName) : IErrorLineFormat
{
    public byte[] Write(DateTimeOffset time, string word, string source, string requestId, string text)
    {
        var line = new StringBuilder(text.Length + 128);
        var partStart = 0;
        var isEmpty = false;
        var hasMessage = false;
        foreach (var item in items)
        {
            if (item.Text is { } literal)
            {
                for (var at = 0; at < literal.Length; at++)
                {
                    if (literal[at..].StartsWith("\\ ", StringComparison.Ordinal))
                    {
                        line.Append(literal[++at]);
                        continue;
                    }

                    line.Append(literal[at]);
                    if (literal[at] == ' ')
                    {
                        EndPart();
                    }
                }
            }
            else if (item.Letter == ' ')
            {
                EndPart();
            }
            else if (item.Letter == 'M')
            {
                LogLine.AppendClean(line, text.AsSpan().TrimEnd('\n'));
                hasMessage = true;
            }
            else if (Of(item, time, word, source, requestId) is { Length: > 0 } value)
            {
                LogLine.AppendClean(line, value);
            }
            else
            {
                isEmpty = true;
            }
        }

        EndPart();
        return Encoding.UTF8.GetBytes(line.Append('\n').ToString());

        void EndPart()
        {
            // But never what was said.
            line.Length = isEmpty && !hasMessage ? partStart : line.Length;
            partStart = line.Length;
            isEmpty = hasMessage = false;
        }
    }

    private string? Of(LogFormatItem item, DateTimeOffset time, string word, string source, string requestId)
    {
        switch (item.Letter)
        {
            case 't':
                var isCompact = item.Argument.Contains('c');
                var fraction = item.Argument.Contains('u') ? "'.'ffffff" : "";
                return time.UtcDateTime.ToString(
                    isCompact ? $"yyyy-MM-dd HH:mm:ss{fraction}" : $"ddd MMM dd HH:mm:ss{fraction} yyyy",
                    CultureInfo.InvariantCulture);
            case 'l':
                return word;
            case 'm':
                return RecordOrigin.Split(source).Name;
            // The first thread's id is the process's.
            case 'P' or 'T':
                return RecordOrigin.Split(source).Process?.ToString(CultureInfo.InvariantCulture);
            case 'L':
                return requestId;
            case 'v':
                return serverName;
            default:
                // The client: a record does not tell.
                return null;
        }
    }
}
