using Addergate.AspNetCore.Dispatch;

namespace Addergate.AspNetCore.Queue;

/// <summary>
/// Requests that wait for a slot, first in first out; a list through the exchanges themselves, so that waiting
/// allocates nothing and leaving takes no search. Not thread-safe: the pool's lock guards it. Limits on its length and
/// on waiting times belong here when they come.
/// </summary>
internal sealed class ExchangeQueue
{
    private Exchange? _first;
    private Exchange? _last;

    public int Count { get; private set; }

    public void AddLast(Exchange exchange) => Link(exchange, _last, null);

    /// <summary>For a request that has waited before and was sent in vain.</summary>
    public void AddFirst(Exchange exchange) => Link(exchange, null, _first);

    public Exchange? TakeFirst()
    {
        var exchange = _first;
        if (exchange is not null)
        {
            _ = TryRemove(exchange);
        }

        return exchange;
    }

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
            _first = exchange.Next;
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

    private void Link(Exchange exchange, Exchange? previous, Exchange? next)
    {
        exchange.IsQueued = true;
        exchange.Previous = previous;
        exchange.Next = next;
        if (previous is null)
        {
            _first = exchange;
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
