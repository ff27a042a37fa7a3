using System.Runtime.InteropServices;

namespace Addergate.Supervisor.Logs;

/// <summary>A child's standard output or error: lines, whoever writes them, its C code and children included.</summary>
/// <param name="handle">The pipe.</param>
/// <param name="stream"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="source">Who prints.</param>
/// <param name="last">Told each line too.</param>
/// <param name="logs">Where the lines go.</param>
internal sealed class PrintedSource(
    SafeHandle handle, string stream, string source, LastLines last, ServerLogs logs) : ILogSource
{
    // As Apache's error log, which cuts at 8 KiB, but room for a line of JSON.
    private const int LongestLine = 32 * 1024;

    private readonly LineSplitter _lines = new(LongestLine);

    public SafeHandle Handle => handle;

    public bool HasPartial => _lines.HasPartial;

    public void OnBytes(ReadOnlySpan<byte> bytes) => _lines.Feed(bytes, Write);

    public void OnQuiet() => _lines.Flush(Write);

    private void Write(ReadOnlySpan<byte> line)
    {
        last.Add(line);
        logs.WritePrinted(stream, source, line);
    }
}
