using System.Collections.Concurrent;

namespace Addergate.Supervisor.Logs;

/// <summary>
/// A log's writer: one thread and a bounded queue. A disk or terminal that stands still costs lines, which are counted,
/// but never holds up the supervisor or an application that prints.
/// </summary>
internal sealed class LogSink
{
    /// <summary>Bytes that may wait: some seconds of a busy access log.</summary>
    public const int DefaultCapacity = 8 * 1024 * 1024;

    // Several lines go out in one write: an access log may have tens of thousands in a second.
    private const int BatchSize = 64 * 1024;

    private static readonly byte[] ReopenMark = [];

    private readonly BlockingCollection<byte[]> _queue = [];
    private readonly ILogTarget _target;
    private readonly Action<string> _trouble;
    private readonly int _capacity;
    private readonly Thread _thread;
    private long _waiting;
    private long _dropped;
    private bool _broken;
    private long _lost;

    /// <param name="name">For the thread's name.</param>
    /// <param name="target">Owned from here on.</param>
    /// <param name="trouble">Told, on the writer's thread, what went wrong with the log.</param>
    /// <param name="capacity">Bytes that may wait.</param>
    public LogSink(string name, ILogTarget target, Action<string> trouble, int capacity = DefaultCapacity)
    {
        _target = target;
        _trouble = trouble;
        _capacity = capacity;
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Queues whole lines, or drops and counts them when too much waits. Any thread.</summary>
    /// <param name="lines">Not to be changed afterwards.</param>
    public void Write(byte[] lines)
    {
        if (lines.Length == 0)
        {
            return;
        }

        if (Interlocked.Add(ref _waiting, lines.Length) > _capacity || _queue.IsAddingCompleted)
        {
            Interlocked.Add(ref _waiting, -lines.Length);
            Interlocked.Increment(ref _dropped);
            return;
        }

        _queue.Add(lines);
    }

    /// <summary>Opens the file anew once what is queued has been written to the old one.</summary>
    public void Reopen()
    {
        if (!_queue.IsAddingCompleted)
        {
            _queue.Add(ReopenMark);
        }
    }

    /// <summary>Writes what is queued and ends, or gives up when the target stands still for so long. Nothing may be
    /// written afterwards.</summary>
    public void Close(TimeSpan patience)
    {
        _queue.CompleteAdding();
        if (_thread.Join(patience))
        {
            _target.Dispose();
        }
    }

    private void Run()
    {
        var batch = new byte[BatchSize];
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            var next = first;
            var length = 0;
            do
            {
                if (next == ReopenMark)
                {
                    Put(batch.AsSpan(0, length));
                    length = 0;
                    Report(_target.Reopen());
                    _broken = false;
                }
                else if (!_target.TakesRecords && length + next.Length <= BatchSize)
                {
                    next.CopyTo(batch.AsSpan(length));
                    length += next.Length;
                }
                else
                {
                    Put(batch.AsSpan(0, length));
                    Put(next);
                    length = 0;
                }
            }
            while (length < BatchSize / 2 && _queue.TryTake(out next!));
            Put(batch.AsSpan(0, length));
            ReportDropped();
        }
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        Report(_target.RotateIfDue(bytes.Length));
        var rest = bytes;
        var trouble = _target.Write(ref rest);
        Interlocked.Add(ref _waiting, -bytes.Length);
        if (trouble is not null)
        {
            _lost += _target.Count(rest);
            // Only to be read where the other log is on another disk, or goes to a terminal.
            Report(_broken ? null : $"lines are lost: the log cannot be written: {trouble}");
        }
        else if (_lost > 0)
        {
            Report($"{_lost} lines were lost while the log could not be written");
            _lost = 0;
        }

        _broken = trouble is not null;
    }

    private void ReportDropped()
    {
        var dropped = Interlocked.Exchange(ref _dropped, 0);
        if (dropped > 0)
        {
            Report($"{dropped} records were dropped: the log could not be written as fast as they came");
        }
    }

    private void Report(string? trouble)
    {
        if (trouble is not null)
        {
            _trouble(trouble);
        }
    }
}
