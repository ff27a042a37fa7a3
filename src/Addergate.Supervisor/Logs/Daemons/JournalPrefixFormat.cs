using System.Globalization;
using System.Text;

namespace Addergate.Supervisor.Logs.Daemons;

/// <summary>Records for a standard error that leads into the journal, where that has no socket to be reached at: each line with its
/// severity before it (sd-daemon(3)), which the journal takes off again.</summary>
internal sealed class JournalPrefixFormat(IErrorLineFormat form) : IErrorLineFormat
{
    public byte[] Write(DateTimeOffset time, string word, string source, string requestId, string text)
    {
        var prefix = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<{Severity.Of(word)}>"));
        var lines = new List<byte>();
        var rest = form.Write(time, word, source, requestId, text).AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n') + 1;
            lines.AddRange(prefix);
            lines.AddRange(rest[..end]);
            rest = rest[end..];
        }

        return [.. lines];
    }
}
