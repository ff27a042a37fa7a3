using System.Net;
using System.Text;
using Addergate.Settings.Model;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>The connections to one target: HTTP/1.1, kept open between requests, opened anew from time to time so that a name
/// that leads elsewhere is noticed. Thread-safe; lives as long as the process.</summary>
/// <param name="target">The target.</param>
/// <param name="patience">How long connecting may take; zero for ever.</param>
/// <param name="time">The clock.</param>
internal sealed class TargetConnections(ForwardTarget target, TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    // The usual servers keep an idle connection for 5 s (Node.js, uvicorn, Apache) or longer, few for 2 s. Whoever closes first
    // never has a request meet a connection that is being closed.
    private static readonly TimeSpan IdleLifetime = TimeSpan.FromSeconds(4);

    private readonly TargetConnector _connector = new(target);
    private readonly Lock _lock = new();

    // The one that was used last stands last, and is used next.
    private readonly List<TargetConnection> _idle = [];
    private ITimer? _timer;

    /// <summary>One that was kept, or a new one. The caller disposes it or gives it back.</summary>
    public TargetConnection Take()
    {
        lock (_lock)
        {
            if (_idle.Count > 0)
            {
                var last = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
                return last;
            }
        }

        return Open();
    }

    /// <summary>A new one, for a request that may make a tunnel of it.</summary>
    public TargetConnection Open() => new(CreateHandler(), _connector, time.GetTimestamp());

    /// <summary>Gives one back whose request and answer are both whole.</summary>
    public void Keep(TargetConnection connection)
    {
        if (time.GetElapsedTime(connection.Created) > Lifetime)
        {
            connection.Dispose();
            return;
        }

        lock (_lock)
        {
            connection.IdleSince = time.GetTimestamp();
            _idle.Add(connection);
            _timer ??= time.CreateTimer(
                static state => ((TargetConnections)state!).CloseIdle(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (_idle.Count == 1)
            {
                _timer.Change(IdleLifetime, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void CloseIdle()
    {
        TargetConnection[] old;
        // Once: what is not old by it has some time left.
        var now = time.GetTimestamp();
        lock (_lock)
        {
            old = [.. _idle.TakeWhile(connection => time.GetElapsedTime(connection.IdleSince, now) >= IdleLifetime)];
            _idle.RemoveRange(0, old.Length);
            if (_idle.Count > 0)
            {
                _timer!.Change(IdleLifetime - time.GetElapsedTime(_idle[0].IdleSince, now), Timeout.InfiniteTimeSpan);
            }
        }

        foreach (var connection in old)
        {
            connection.Dispose();
        }
    }

    private SocketsHttpHandler CreateHandler() => new()
    {
        // A client follows, unpacks, remembers and measures; what stands between two others does not.
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = patience > TimeSpan.Zero ? patience : Timeout.InfiniteTimeSpan,
        // How long one is kept is decided here.
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        // What the client no longer wants is not read to its end to save a connection.
        MaxResponseDrainSize = 0,
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
    };
}
