using System.Globalization;
using System.Text;

namespace Addergate.Supervisor.Logs.Daemons;

/// <summary>Records of the error log for the journal: what is known of them in fields, many lines as they are.</summary>
/// <param name="facility">As in syslog.</param>
/// <param name="tag">SYSLOG_IDENTIFIER.</param>
/// <param name="form">Of MESSAGE; null for the text alone, since the fields say the rest.</param>
internal sealed class JournalErrorFormat(int facility, string tag, IErrorLineFormat? form) : IErrorLineFormat
{
    public byte[] Write(DateTimeOffset time, string word, string source, string requestId, string text)
    {
        var (name, process) = RecordOrigin.Split(source);
        var message = form is null
            ? Encoding.UTF8.GetBytes(text)
            : form.Write(time, word, source, requestId, text);
        return new JournalRecord(Severity.Of(word), facility, tag).Begin()
            .Add("ADDERGATE_LOG", "error")
            .Add("ADDERGATE_LEVEL", word)
            .Add("ADDERGATE_SOURCE", name)
            .Add("ADDERGATE_PID", process?.ToString(CultureInfo.InvariantCulture) ?? "")
            .Add("REQUEST_ID", requestId)
            .Add("MESSAGE", message.AsSpan().TrimEnd((byte)'\n'))
            .ToArray();
    }
}
