namespace Addergate.Supervisor.Logs;

/// <summary><see cref="LogLine"/>.</summary>
/// <param name="colour">Whether for a terminal.</param>
internal sealed class TextErrorFormat(bool colour) : IErrorLineFormat
{
    public byte[] Write(DateTimeOffset time, string word, string source, string requestId, string text) =>
        LogLine.Format(time, word, source, requestId, text, colour);
}
