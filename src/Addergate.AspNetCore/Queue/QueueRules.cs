using Addergate.AspNetCore.Dispatch;
using Addergate.Settings.Model;

namespace Addergate.AspNetCore.Queue;

/// <summary>
/// Who waits, for how long, and who is next. Not thread-safe: the pool's lock guards the queue that these rules are
/// about.
/// </summary>
internal sealed class QueueRules(WsgiOptions options, TimeLimits limits, RequestWatch watch)
{
    /// <summary>From this wait on the newest is served first (adaptive). docs/design/0007 has the measurement.</summary>
    public static readonly TimeSpan Target = TimeSpan.FromMilliseconds(500);

    // Clients that have closed their direction are looked for this often while there are too many waiting.
    private static readonly TimeSpan ShedPeriod = TimeSpan.FromMilliseconds(100);

    private readonly bool _isAdaptive = options.QueuePolicy is QueuePolicy.Adaptive;
    private readonly long _target = watch.Units(Target);
    private readonly long _shedPeriod = watch.Units(ShedPeriod);

    /// <summary>How many may wait.</summary>
    public int Limit { get; private set; } = LimitFor(options, 0);

    /// <summary>The pool has this many slots now.</summary>
    public void OnCapacity(int slots) => Limit = LimitFor(options, slots);

    /// <summary>A request was queued: when to look at the queue.</summary>
    public long DueAfterAdd(ExchangeQueue queue, long now)
    {
        var due = RequestWatch.After(queue.First!.QueuedAt, limits.Queue);
        return IsLong(queue) ? Math.Min(due, now + _shedPeriod) : due;
    }

    /// <summary>The request for a slot that is free.</summary>
    public Exchange? TakeNext(ExchangeQueue queue)
    {
        var first = queue.First;
        // A request that was sent in vain has lost enough time.
        return _isAdaptive && queue.Count > 1 && !first!.WasSent && watch.Now - first.QueuedAt > _target
            ? queue.TakeLast()
            : queue.TakeFirst();
    }

    /// <summary>Takes a request whose time is over; null when there is none.</summary>
    public Exchange? TakeExpired(ExchangeQueue queue, long now) =>
        queue.First is { } first && RequestWatch.After(first.QueuedAt, limits.Queue) <= now ? queue.TakeFirst() : null;

    /// <summary>Takes requests whose clients have closed their direction, oldest first, until at most half of what may
    /// wait does: most of them have gone.</summary>
    public List<Exchange> TakeHalfClosed(ExchangeQueue queue)
    {
        var taken = new List<Exchange>();
        var next = queue.First;
        while (next is { } exchange && IsLong(queue))
        {
            next = exchange.Next;
            if (exchange.IsHalfClosed)
            {
                _ = queue.TryRemove(exchange);
                taken.Add(exchange);
            }
        }

        return taken;
    }

    /// <summary>When to look at the queue again.</summary>
    public long DueAfterLook(ExchangeQueue queue, long now) =>
        queue.First is null ? RequestWatch.Never : DueAfterAdd(queue, now);

    /// <summary>Seconds after which a refused client may try again: what the first of the queue has waited.</summary>
    public int RetryAfter(ExchangeQueue queue)
    {
        var waited = queue.First is { } first ? watch.Now - first.QueuedAt : 0;
        return (int)Math.Clamp(Math.Ceiling((double)waited / watch.Units(TimeSpan.FromSeconds(1))), 1, 60);
    }

    private bool IsLong(ExchangeQueue queue) => queue.Count > Limit / 2;

    private static int LimitFor(WsgiOptions options, int slots) =>
        options.QueueLimit ?? 100 + (10 * Math.Max(options.ExpectedSlots, slots));
}
