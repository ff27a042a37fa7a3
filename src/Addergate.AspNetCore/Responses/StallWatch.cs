using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Addergate.AspNetCore.Responses;

/// <summary>
/// Resets clients that take nothing of their response for a time, or next to nothing. The web server's own data rate cannot
/// tell: whoever took much before has that much credit, which is hours after some megabytes. What the peer's kernel has
/// acknowledged is asked of TCP once a second, for those responses alone that wait for their client; without any the watch
/// sleeps. Thread-safe.
/// </summary>
internal sealed class StallWatch : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ResponseRelay, Waiting> _waiting = [];
    private readonly Lock _lock = new();
    private readonly List<ResponseRelay> _stalled = [];
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private bool _isAwake;

    public StallWatch(IOptions<WsgiOptions> options, TimeProvider time)
    {
        _limit = options.Value.ResponseSocketTimeout;
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
            _waiting[relay] = new Waiting(connection.Socket, _limit, Now);
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
        lock (_lock)
        {
            var now = Now;
            foreach (var (relay, waiting) in _waiting)
            {
                if (waiting.IsStalled(now))
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

    private sealed class Waiting(Socket socket, TimeSpan limit, TimeSpan now)
    {
        // getsockopt(2) of tcp(7): tcpi_bytes_acked of struct tcp_info, which Linux has since 4.1.
        private const int TcpInfo = 11;
        private const int BytesAcked = 120;

        private readonly TakingPace _pace = new(limit, now);

        // Closed, or no TCP: others see to that.
        public bool IsStalled(TimeSpan now) => Acknowledged() is { } taken && _pace.IsTooSlow(taken, now);

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
