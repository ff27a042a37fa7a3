namespace Addergate.Supervisor.Logs;

/// <summary>Writes one record of the error log, with the end of its last line. Whatever an application or a client said, it
/// stays one record. Thread-safe.</summary>
internal interface IErrorLineFormat
{
    /// <param name="time">When it arrived.</param>
    /// <param name="word">Level or stream: <c>error</c>, <c>stdout</c>.</param>
    /// <param name="source">Who said it: <c>worker 3, pid 4711</c>.</param>
    /// <param name="requestId">Its request, or empty.</param>
    /// <param name="text">What was said; may have many lines.</param>
    byte[] Write(DateTimeOffset time, string word, string source, string requestId, string text);
}
