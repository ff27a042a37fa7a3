using Addergate.AspNetCore.Dispatch;

namespace Addergate.AspNetCore.Queue;

/// <summary>
/// Requests that wait for a slot, in the order of their arrival; a list through the exchanges themselves, so that
/// waiting allocates nothing and leaving takes no search. Not thread-safe: the pool's lock guards it.
/// </summary>
internal sealed class ExchangeQueue
{
    private Exchange? _last;

    public int Count { get; private set; }

    /// <summary>The one that has waited longest.</summary>
    public Exchange? First { get; private set; }

    /// <param name="exchange">Not in a queue.</param>
    /// <param name="now">When it began to wait.</param>
    public void AddLast(Exchange exchange, long now)
    {
        exchange.QueuedAt = now;
        Link(exchange, _last, null);
    }

    /// <summary>For a request that was sent in vain. It counts as having waited as long as the one that it is put
    /// before, so that the order of the list stays that of the times.</summary>
    public void AddFirst(Exchange exchange, long now)
    {
        exchange.QueuedAt = First?.QueuedAt ?? now;
        Link(exchange, null, First);
    }

    public Exchange? TakeFirst() => Take(First);

    public Exchange? TakeLast() => Take(_last);

    /// <summary>False when it does not wait here.</summary>
    public bool TryRemove(Exchange exchange)
    {
        if (!exchange.IsQueued)
        {
            return false;
        }

        exchange.IsQueued = false;
        if (exchange.Previous is null)
        {
            First = exchange.Next;
        }
        else
        {
            exchange.Previous.Next = exchange.Next;
        }

        if (exchange.Next is null)
        {
            _last = exchange.Previous;
        }
        else
        {
            exchange.Next.Previous = exchange.Previous;
        }

        exchange.Previous = null;
        exchange.Next = null;
        Count--;
        return true;
    }

    private Exchange? Take(Exchange? exchange)
    {
        if (exchange is not null)
        {
            _ = TryRemove(exchange);
        }

        return exchange;
    }

    private void Link(Exchange exchange, Exchange? previous, Exchange? next)
    {
        exchange.IsQueued = true;
        exchange.Previous = previous;
        exchange.Next = next;
        if (previous is null)
        {
            First = exchange;
        }
        else
        {
            previous.Next = exchange;
        }

        if (next is null)
        {
            _last = exchange;
        }
        else
        {
            next.Previous = exchange;
        }

        Count++;
    }
}
