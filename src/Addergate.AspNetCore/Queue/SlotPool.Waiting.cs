using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Slots;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Queue;

/// <summary>Requests that wait: who may, and what becomes of those that wait in vain.</summary>
internal sealed partial class SlotPool
{
    private readonly ExchangeQueue _queue = new();
    private readonly QueueRules _rules;
    private bool _isDraining;
    private long _refused;
    private long _queueTimeouts;
    private long _runTimeouts;

    /// <summary>Requests that wait.</summary>
    public int Waiting => _queue.Count;

    /// <summary>How many may wait. A look without the lock.</summary>
    public int QueueLimit => _rules.Limit;

    /// <summary>Requests answered with 503 since the start, because too many waited.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Requests answered with 504 since the start, because they waited for too long.</summary>
    public long QueueTimeouts => Interlocked.Read(ref _queueTimeouts);

    /// <summary>Requests answered with 504 or reset since the start, because they ran for too long.</summary>
    public long RunTimeouts => Interlocked.Read(ref _runTimeouts);

    /// <summary>Whether a request that came now would be refused. A look without the lock, for who would have to take in
    /// a body first.</summary>
    public bool IsFull => _queue.Count >= Math.Max(1, _rules.Limit);

    /// <summary>How long the first has waited, in the watch's units.</summary>
    public long OldestWait(long now)
    {
        lock (_lock)
        {
            return _queue.First is { } first ? Math.Max(0, now - first.QueuedAt) : 0;
        }
    }

    /// <summary>Gives a request to a slot, now or when one is free, or fails it with 503.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="isFirst">Before all that wait: it was sent in vain.</param>
    public void Submit(Exchange exchange, bool isFirst = false)
    {
        Slot? slot;
        var isRefused = false;
        var dueAt = RequestWatch.Never;
        lock (_lock)
        {
            slot = _queue.Count == 0 || isFirst ? TakeFree() : null;
            if (slot is null)
            {
                isRefused = !TryQueue(exchange, isFirst, out dueAt);
            }
        }

        if (slot is not null)
        {
            slot.Send(exchange);
        }
        else if (isRefused)
        {
            Refuse(exchange);
        }
        else
        {
            _watch.Wake(dueAt);
            _reporter.Wake();
        }
    }

    /// <summary>Fails a request with 503 that cannot wait. Not with the lock held.</summary>
    public void Refuse(Exchange exchange)
    {
        int retryAfter;
        lock (_lock)
        {
            retryAfter = _rules.RetryAfter(_queue);
        }

        Interlocked.Increment(ref _refused);
        _reporter.Wake();
        exchange.Fail(StatusCodes.Status503ServiceUnavailable, retryAfter);
    }

    /// <summary>Takes a request out of the queue; false when it is not in it (any more).</summary>
    public bool TryWithdraw(Exchange exchange)
    {
        lock (_lock)
        {
            return _queue.TryRemove(exchange);
        }
    }

    /// <summary>A request ran for too long.</summary>
    public void CountRunTimeout()
    {
        Interlocked.Increment(ref _runTimeouts);
        _reporter.Wake();
    }

    /// <summary>No worker is started any more: when none is left, nobody waits for one.</summary>
    public void BeginDrain()
    {
        lock (_lock)
        {
            _isDraining = true;
        }

        RefuseHopeless();
    }

    // With the lock held.
    private bool TryQueue(Exchange exchange, bool isFirst, out long dueAt)
    {
        dueAt = RequestWatch.Never;
        if (IsHopeless || (!isFirst && _queue.Count >= _rules.Limit))
        {
            return false;
        }

        var now = _watch.Now;
        if (isFirst)
        {
            _queue.AddFirst(exchange, now);
        }
        else
        {
            _queue.AddLast(exchange, now);
        }

        dueAt = _rules.DueAfterAdd(_queue, now);
        return true;
    }

    // With the lock held.
    private bool IsHopeless => _isDraining && !_workers.Exists(IsInForce);

    private void RefuseHopeless()
    {
        while (true)
        {
            Exchange? exchange;
            lock (_lock)
            {
                exchange = IsHopeless ? _queue.TakeFirst() : null;
            }

            if (exchange is null)
            {
                return;
            }

            Refuse(exchange);
        }
    }

    private long LookAtQueue(long now)
    {
        List<Exchange>? expired = null;
        List<Exchange> halfClosed;
        long dueAt;
        lock (_lock)
        {
            while (_rules.TakeExpired(_queue, now) is { } exchange)
            {
                (expired ??= []).Add(exchange);
            }

            halfClosed = _rules.TakeHalfClosed(_queue);
            dueAt = _rules.DueAfterLook(_queue, now);
        }

        expired?.ForEach(TimeOut);
        halfClosed.ForEach(Refuse);
        return dueAt;
    }

    private void TimeOut(Exchange exchange)
    {
        Interlocked.Increment(ref _queueTimeouts);
        _reporter.Wake();
        exchange.Fail(StatusCodes.Status504GatewayTimeout);
    }
}
