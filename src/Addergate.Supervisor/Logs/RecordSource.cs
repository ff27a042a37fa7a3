using System.Buffers;
using System.Runtime.InteropServices;
using Addergate.Wire.Logs;

namespace Addergate.Supervisor.Logs;

/// <summary>A child's log socket: one record a datagram.</summary>
/// <param name="handle">The socket.</param>
/// <param name="source">Who writes.</param>
/// <param name="mayLogAccess">Whether access lines are taken: from the front end alone, or an application that shares
/// its uid could write into the access log.</param>
/// <param name="last">Told each record's lines, access lines left out.</param>
/// <param name="logs">Where the records go.</param>
internal sealed class RecordSource(
    SafeHandle handle, string source, bool mayLogAccess, LastLines last, ServerLogs logs) : ILogSource
{
    public SafeHandle Handle => handle;

    public bool HasPartial => false;

    public void OnBytes(ReadOnlySpan<byte> bytes)
    {
        if (LogRecord.TryRead(bytes, out var record) == OperationStatus.Done
            && (mayLogAccess || record.Kind != LogRecordKind.Access))
        {
            if (record.Kind != LogRecordKind.Access)
            {
                Remember(record.Text);
            }

            logs.Write(source, record);
        }
        else
        {
            logs.Write(LogLevelCode.Warning, $"{source} sent a log record that makes no sense; it is left out");
        }
    }

    public void OnQuiet()
    {
    }

    private void Remember(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.IsEmpty)
            {
                last.Add(line.ToString());
            }
        }
    }
}
