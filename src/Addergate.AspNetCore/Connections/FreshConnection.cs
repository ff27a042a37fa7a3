using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Addergate.AspNetCore.Connections;

/// <summary>
/// Keeps the news that the server stops from a connection that was only just accepted. The server closes what has no
/// request under way, but here the first request may have been sent already and be about to arrive.
/// </summary>
internal sealed class FreshConnection : IConnectionLifetimeNotificationFeature, IDisposable
{
    /// <summary>From its acceptance on. A client that opens a connection sends within a round trip or two; one that
    /// connects ahead of its needs has a right to nothing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly long _acceptedAt;
    private readonly CancellationTokenSource _closing;
    private readonly CancellationTokenRegistration _registration;

    private FreshConnection(CancellationToken serverStops, TimeProvider time)
    {
        _time = time;
        _acceptedAt = time.GetTimestamp();
        _closing = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        ConnectionClosedRequested = _closing.Token;
        _registration = serverStops.UnsafeRegister(
            static state => ((FreshConnection)state!).OnServerStops(), this);
    }

    public CancellationToken ConnectionClosedRequested { get; set; }

    /// <summary>Serves a connection; the outermost middleware.</summary>
    public static async Task ServeAsync(ConnectionContext connection, TimeProvider time, ConnectionDelegate next)
    {
        var server = connection.Features.Get<IConnectionLifetimeNotificationFeature>();
        if (server is null)
        {
            await next(connection).ConfigureAwait(false);
            return;
        }

        using var fresh = new FreshConnection(server.ConnectionClosedRequested, time);
        connection.Features.Set<IConnectionLifetimeNotificationFeature>(fresh);
        await next(connection).ConfigureAwait(false);
        connection.Features.Set(server);
    }

    /// <summary>An answer says that it is the last.</summary>
    public void RequestClose()
    {
        try
        {
            _closing.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The connection has ended.
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        _closing.Dispose();
    }

    private void OnServerStops()
    {
        var age = _time.GetElapsedTime(_acceptedAt);
        if (age >= Patience)
        {
            RequestClose();
        }
        else
        {
            _closing.CancelAfter(Patience - age);
        }
    }
}
