using Addergate.AspNetCore.Logs;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Connections;

/// <summary>
/// Counts the open client connections. When there are as many as may be, no more are accepted until one ends: clients
/// then wait in the kernel's backlog, as with Apache's <c>MaxRequestWorkers</c>, and nobody is turned away. Thread-safe.
/// </summary>
internal sealed partial class ConnectionPlaces(int most, TimeProvider time, ILogger<ConnectionPlaces> logger)
{
    private readonly SemaphoreSlim _free = new(most);
    private readonly Reminder _reminder = new(time);

    /// <summary>Takes a place, as soon as there is one.</summary>
    /// <exception cref="OperationCanceledException">The listener was closed meanwhile.</exception>
    public Task EnterAsync(CancellationToken cancellationToken)
    {
        var place = _free.WaitAsync(cancellationToken);
        if (!place.IsCompleted && _reminder.IsDue(out _))
        {
            Full(logger, most);
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

    [LoggerMessage(1120, LogLevel.Warning,
        "{Most} clients are connected, which is all that --max-clients or the limit on open files allows; " +
        "others wait until one of them leaves")]
    private static partial void Full(ILogger logger, int most);
}
