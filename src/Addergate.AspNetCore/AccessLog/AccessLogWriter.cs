using Addergate.Wire;
using Addergate.Wire.Frames;
using Addergate.Wire.Logs;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>
/// Collects records and sends them as batches of lines. <see cref="Add"/> takes a lock for a few instructions and is
/// called on the request path; formatting and sending happen on the thread pool, one batch after another. When the
/// receiver is slow, records wait up to a limit, then they are dropped and counted.
/// </summary>
internal sealed class AccessLogWriter : IDisposable
{
    // A line is in the file at most this much later.
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(200);

    // About 24 KiB of lines: sent without waiting for the delay.
    private const int BatchRecords = 256;

    // Some seconds of a busy server, some megabytes.
    private const int MaxWaiting = 32 * 1024;

    private readonly Lock _lock = new();
    private readonly IAccessLineFormat _format;
    private readonly Func<ReadOnlyMemory<byte>, ValueTask<bool>> _send;
    private readonly Action<long> _onDropped;
    private readonly ITimer _timer;
    private readonly FrameBuffer _datagram = new(WireLimits.MaxLogRecord);
    private List<AccessRecord> _waiting = new(BatchRecords);
    private List<AccessRecord> _sending = new(BatchRecords);
    private Task _flush = Task.CompletedTask;
    private bool _isTimerSet;
    private bool _isFlushing;
    private long _dropped;

    /// <param name="format">How a line looks.</param>
    /// <param name="send">Sends a datagram, and waits until there is room; false when nobody receives any more.</param>
    /// <param name="onDropped">Told how many records were dropped.</param>
    /// <param name="time">The clock of the delay.</param>
    public AccessLogWriter(
        IAccessLineFormat format,
        Func<ReadOnlyMemory<byte>, ValueTask<bool>> send,
        Action<long> onDropped,
        TimeProvider time)
    {
        _format = format;
        _send = send;
        _onDropped = onDropped;
        _timer = time.CreateTimer(
            static state => ((AccessLogWriter)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How a line looks; only its capturing is for others.</summary>
    public IAccessLineFormat Format => _format;

    /// <summary>Takes a finished record, which then belongs to this writer.</summary>
    public void Add(AccessRecord record)
    {
        lock (_lock)
        {
            if (_waiting.Count == MaxWaiting)
            {
                _dropped++;
                return;
            }

            _waiting.Add(record);
            if (_waiting.Count >= BatchRecords)
            {
                BeginFlush();
            }
            else if (!_isTimerSet && !_isFlushing)
            {
                // Only when there is something to send: an idle server does not wake up.
                _isTimerSet = true;
                _timer.Change(MaxDelay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Completes when all that was added before is sent.</summary>
    public async Task FlushAsync()
    {
        while (true)
        {
            Task flush;
            lock (_lock)
            {
                if (!_isFlushing && _waiting.Count == 0)
                {
                    return;
                }

                BeginFlush();
                flush = _flush;
            }

            await flush.ConfigureAwait(false);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void OnTimer()
    {
        lock (_lock)
        {
            _isTimerSet = false;
            BeginFlush();
        }
    }

    private void BeginFlush()
    {
        if (!_isFlushing)
        {
            _isFlushing = true;
            // Off the request path, which must not format nor wait.
            _flush = Task.Run(SendWaitingAsync);
        }
    }

    private async Task SendWaitingAsync()
    {
        while (true)
        {
            long dropped;
            lock (_lock)
            {
                if (_waiting.Count == 0)
                {
                    _isFlushing = false;
                    return;
                }

                (_waiting, _sending) = (_sending, _waiting);
                dropped = _dropped;
                _dropped = 0;
            }

            if (dropped > 0)
            {
                _onDropped(dropped);
            }

            await SendAsync(_sending).ConfigureAwait(false);
            _sending.Clear();
        }
    }

    private async Task SendAsync(List<AccessRecord> records)
    {
        LogRecord.BeginAccess(_datagram);
        foreach (var record in records)
        {
            _format.Write(_datagram, record);
            if (WireLimits.MaxLogRecord - _datagram.Length < IAccessLineFormat.MaxLine)
            {
                _ = await _send(_datagram.Written).ConfigureAwait(false);
                LogRecord.BeginAccess(_datagram);
            }
        }

        if (_datagram.Length > LogRecord.EmptySize)
        {
            _ = await _send(_datagram.Written).ConfigureAwait(false);
        }
    }
}
