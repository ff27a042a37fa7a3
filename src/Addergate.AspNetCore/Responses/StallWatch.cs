using System.Net.Sockets;
using Addergate.AspNetCore.Bodies;
using Addergate.AspNetCore.Queue;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Responses;

/// <summary>
/// Resets clients that take nothing of their response for a time, or next to nothing. The web server's own data rate cannot
/// tell: whoever took much before has that much credit, which is hours after some megabytes. What the peer's kernel has
/// acknowledged is asked of TCP once a second, for those responses alone that wait for their client; without any the watch
/// sleeps. Thread-safe.
/// <para>There is hardly any patience with those whom somebody else has to wait for: while the memory for all responses is used
/// up, or a thread waits for such a client and requests for a thread.</para>
/// </summary>
internal sealed class StallWatch : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    // As the web server's own grace period.
    private static readonly TimeSpan LimitWhenScarce = TimeSpan.FromSeconds(5);

    // A request that waits longer than this lacks a thread: shorter waits are part of every burst.
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ResponseRelay, Waiting> _waiting = [];
    private readonly Lock _lock = new();
    private readonly List<ResponseRelay> _stalled = [];
    private readonly TimeSpan _limit;
    private readonly BufferBudget _memory;
    private readonly SlotPool _pool;
    private readonly long _longWait;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private bool _isAwake;

    public StallWatch(WsgiOptions options, BufferBudgets budgets, SlotPool pool, TimeProvider time)
    {
        _limit = options.ResponseSocketTimeout;
        _memory = budgets.Memory;
        _pool = pool;
        _longWait = (long)(LongWait.TotalSeconds * time.TimestampFrequency);
        _time = time;
        _timer = time.CreateTimer(
            static watch => ((StallWatch)watch!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Now => _time.GetElapsedTime(0);

    /// <summary>A response begins to wait for its client.</summary>
    public void Begin(ResponseRelay relay, HttpContext context)
    {
        if (_limit == TimeSpan.Zero || context.Features.Get<IConnectionSocketFeature>() is not { } connection)
        {
            return;
        }

        lock (_lock)
        {
            _waiting[relay] = new Waiting(connection.Socket, Now);
            if (!_isAwake)
            {
                _isAwake = true;
                _timer.Change(Period, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>It waits no longer.</summary>
    public void End(ResponseRelay relay)
    {
        lock (_lock)
        {
            _waiting.Remove(relay);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var isMemoryScarce = _memory.IsUsedUp;
        var areThreadsScarce = _pool.OldestWait(_time.GetTimestamp()) > _longWait;
        lock (_lock)
        {
            var now = Now;
            foreach (var (relay, waiting) in _waiting)
            {
                var isInTheWay = isMemoryScarce || (areThreadsScarce && relay.HoldsThread);
                if (waiting.IsStalled(now, isInTheWay && _limit > LimitWhenScarce ? LimitWhenScarce : _limit))
                {
                    _stalled.Add(relay);
                }
            }

            _isAwake = _waiting.Count > 0;
        }

        // Outside of the lock: a relay takes its own, and calls back.
        foreach (var relay in _stalled)
        {
            relay.CutOff();
        }

        _stalled.Clear();
        // Last, so that no two looks overlap.
        lock (_lock)
        {
            if (_isAwake)
            {
                _timer.Change(Period, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private sealed class Waiting(Socket socket, TimeSpan now)
    {
        // getsockopt(2) of tcp(7): tcpi_bytes_acked of struct tcp_info, which Linux has since 4.1.
        private const int TcpInfo = 11;
        private const int BytesAcked = 120;

        private readonly TakingPace _pace = new(now);

        // Closed, or no TCP: others see to that.
        public bool IsStalled(TimeSpan now, TimeSpan limit) =>
            Acknowledged() is { } taken && _pace.IsTooSlow(taken, now, limit);

        private ulong? Acknowledged()
        {
            try
            {
                Span<byte> info = stackalloc byte[BytesAcked + sizeof(ulong)];
                return socket.GetRawSocketOption((int)SocketOptionLevel.Tcp, TcpInfo, info) == info.Length
                    ? BitConverter.ToUInt64(info[BytesAcked..])
                    : null;
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return null;
            }
        }
    }
}
