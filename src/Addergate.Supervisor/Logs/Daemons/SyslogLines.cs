namespace Addergate.Supervisor.Logs.Daemons;

/// <summary>Lines of the access log for syslog.</summary>
internal sealed class SyslogLines(SyslogHeader header) : ILineForm
{
    private readonly byte[] _header = header.Write(Severity.Information, Environment.ProcessId);

    public byte[] Write(ReadOnlySpan<byte> line) => [.. _header, .. line];
}
