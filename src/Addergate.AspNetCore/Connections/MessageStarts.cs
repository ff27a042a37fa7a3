namespace Addergate.AspNetCore.Connections;

/// <summary>
/// Where the messages on a connection begin of which the parser is not done, in bytes since the connection began. The gate
/// looks at messages before the parser does; and of a body that nobody read, the parser reads the rest when the request
/// has ended. Thread-safe: a body may still be read while its request ends.
/// </summary>
internal sealed class MessageStarts
{
    private readonly Lock _lock = new();
    private readonly Queue<long> _later = new();
    private long _current;

    /// <summary>A message begins behind those that were told before.</summary>
    public void Add(long position)
    {
        lock (_lock)
        {
            _later.Enqueue(position);
        }
    }

    /// <summary>Where the message begins to which this byte belongs. Never asked for an earlier byte afterwards.</summary>
    public long Of(long position)
    {
        lock (_lock)
        {
            while (_later.TryPeek(out var start) && start <= position)
            {
                _current = _later.Dequeue();
            }

            return _current;
        }
    }

    /// <summary>Where the one behind it begins, or the given end where none is known.</summary>
    public long EndOf(long position, long end)
    {
        lock (_lock)
        {
            _ = Of(position);
            return _later.TryPeek(out var next) ? next : end;
        }
    }
}
