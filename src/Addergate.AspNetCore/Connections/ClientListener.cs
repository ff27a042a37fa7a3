using System.Net;
using System.Net.Sockets;
using Addergate.AspNetCore.Logs;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace Addergate.AspNetCore.Connections;

/// <summary>
/// Accepts clients on a listening socket that was inherited. It takes a place before it accepts, and pauses when the
/// process has only its reserve of descriptors left, or the machine none; whoever connects meanwhile waits in the kernel's
/// backlog.
/// </summary>
internal sealed partial class ClientListener : IConnectionListener
{
    // Descriptors come back as requests and connections end.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Socket _listener;
    private readonly SocketConnectionContextFactory _connections;
    private readonly ConnectionPlaces _places;
    private readonly DescriptorReserve _reserve;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _closed = new();
    private readonly Reminder _reminder;
    private bool _isLow;

    public ClientListener(
        FileHandleEndPoint endPoint,
        SocketConnectionContextFactory connections,
        ConnectionPlaces places,
        DescriptorReserve reserve,
        TimeProvider time,
        ILogger logger)
    {
        _listener = new Socket(new SafeSocketHandle((nint)endPoint.FileHandle, ownsHandle: true));
        EndPoint = _listener.LocalEndPoint!;
        _connections = connections;
        _places = places;
        _reserve = reserve;
        _reminder = new Reminder(time);
        _time = time;
        _logger = logger;
    }

    public EndPoint EndPoint { get; }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _places.EnterAsync(_closed.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        while (true)
        {
            while (_isLow && (_isLow = _reserve.IsNext()) && !_closed.IsCancellationRequested)
            {
                await PauseAsync(_reserve.ToString()).ConfigureAwait(false);
            }

            try
            {
                var client = await _listener.AcceptAsync(CancellationToken.None).ConfigureAwait(false);
                _isLow = _reserve.Has(client.Handle);
                if (client.LocalEndPoint is IPEndPoint)
                {
                    client.NoDelay = true;
                }

                return _connections.Create(client);
            }
            catch (Exception closed) when (closed is ObjectDisposedException
                or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                _places.Leave();
                return null;
            }
            catch (SocketException full) when (IsOutOfDescriptors(full.SocketErrorCode))
            {
                await PauseAsync(full.Message).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                // That client has gone again while it was in the backlog.
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _closed.Cancel();
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    // Only after all connections have ended: the factory's buffers are theirs.
    public async ValueTask DisposeAsync()
    {
        await UnbindAsync().ConfigureAwait(false);
        _connections.Dispose();
        _closed.Dispose();
    }

    private static bool IsOutOfDescriptors(SocketError error) =>
        error is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable;

    private async Task PauseAsync(string reason)
    {
        if (_reminder.IsDue(out _))
        {
            CannotAccept(_logger, reason);
        }

        await Task.Delay(Pause, _time, _closed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(1121, LogLevel.Error,
        "No client is accepted now: {Reason}; those who connect wait. Raise the limit on open files (LimitNOFILE= in " +
        "systemd, ulimit -Hn), or lower --max-clients")]
    private static partial void CannotAccept(ILogger logger, string reason);
}
