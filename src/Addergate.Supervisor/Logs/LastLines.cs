using System.Text;

namespace Addergate.Supervisor.Logs;

/// <summary>The last lines that a child wrote, however it did: for the report of its end. Any thread.</summary>
internal sealed class LastLines
{
    private const int Kept = 5;
    private const int LongestLine = 200;

    private readonly Lock _lock = new();
    private readonly string[] _lines = new string[Kept];
    private int _count;

    /// <summary>Lines so far.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <param name="line">In UTF-8, hopefully.</param>
    public void Add(ReadOnlySpan<byte> line) =>
        Add(Encoding.UTF8.GetString(line[..Math.Min(line.Length, (LongestLine * 4) + 1)]));

    public void Add(string line)
    {
        lock (_lock)
        {
            _lines[_count++ % Kept] = line.Length > LongestLine ? line[..LongestLine] + "…" : line;
        }
    }

    /// <summary>Those that are kept, oldest first.</summary>
    public string[] Get()
    {
        lock (_lock)
        {
            return [.. Enumerable.Range(Math.Max(0, _count - Kept), Math.Min(Kept, _count)).Select(i => _lines[i % Kept])];
        }
    }
}
