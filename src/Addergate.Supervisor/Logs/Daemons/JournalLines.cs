namespace Addergate.Supervisor.Logs.Daemons;

/// <summary>Lines of the access log for the journal.</summary>
internal sealed class JournalLines(int facility, string tag) : ILineForm
{
    public byte[] Write(ReadOnlySpan<byte> line) => new JournalRecord(Severity.Information, facility, tag).Begin()
        .Add("ADDERGATE_LOG", "access").Add("MESSAGE", line).ToArray();
}
