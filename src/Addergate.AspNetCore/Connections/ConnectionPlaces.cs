using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Connections;

/// <summary>
/// Counts the open client connections. When there are as many as may be, no more are accepted until one ends: clients
/// then wait in the kernel's backlog, as with Apache's <c>MaxRequestWorkers</c>, and nobody is turned away. Thread-safe.
/// </summary>
internal sealed partial class ConnectionPlaces(int most, TimeProvider time, ILogger<ConnectionPlaces> logger)
{
    // A server that is full stays so for a while, and says it more than once, but not at each connection.
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _free = new(most);
    private long _toldAt;

    /// <summary>Takes a place, as soon as there is one.</summary>
    /// <exception cref="OperationCanceledException">The listener was closed meanwhile.</exception>
    public Task EnterAsync(CancellationToken cancellationToken)
    {
        var place = _free.WaitAsync(cancellationToken);
        if (!place.IsCompleted)
        {
            Tell();
        }

        return place;
    }

    public void Leave() => _free.Release();

    /// <summary>Connection middleware, the outermost: gives a connection's place back at its end.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    private void Tell()
    {
        var now = time.GetTimestamp();
        var last = Interlocked.Read(ref _toldAt);
        if ((last == 0 || time.GetElapsedTime(last, now) > Reminder)
            && Interlocked.CompareExchange(ref _toldAt, now, last) == last)
        {
            Full(logger, most);
        }
    }

    [LoggerMessage(1120, LogLevel.Warning,
        "{Most} clients are connected, which is all that --max-clients or the limit on open files allows; " +
        "others wait until one of them leaves")]
    private static partial void Full(ILogger logger, int most);
}
