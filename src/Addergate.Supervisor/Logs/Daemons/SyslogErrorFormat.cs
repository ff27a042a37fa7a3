namespace Addergate.Supervisor.Logs.Daemons;

/// <summary>Records of the error log for syslog: in the form that they would have in a file, on one line, since many daemons write
/// one record as several lines otherwise, and the further ones could pass for records.</summary>
/// <param name="header">Stands before each.</param>
/// <param name="form">Of the record.</param>
internal sealed class SyslogErrorFormat(SyslogHeader header, IErrorLineFormat form) : IErrorLineFormat
{
    public byte[] Write(DateTimeOffset time, string word, string source, string requestId, string text)
    {
        var process = RecordOrigin.Split(source).Process ?? Environment.ProcessId;
        var record = form.Write(time, word, source, requestId, text).AsSpan().TrimEnd((byte)'\n');
        var line = new List<byte>(header.Write(Severity.Of(word), process));
        foreach (var one in record)
        {
            if (one == '\n')
            {
                line.AddRange("\\n"u8);
            }
            else
            {
                line.Add(one);
            }
        }

        return [.. line];
    }
}
