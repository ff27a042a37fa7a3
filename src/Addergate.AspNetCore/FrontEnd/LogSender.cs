using System.Net.Sockets;
using Addergate.Wire.Frames;
using Addergate.Wire.Logs;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>
/// Sends log datagrams to the supervisor. A record of the error log never waits: when the supervisor is behind, the
/// record is dropped and counted, and the count is told with the next one that gets through. Any thread.
/// </summary>
internal sealed class LogSender : IDisposable
{
    private readonly Socket _socket;
    private readonly Lock _building = new();
    private readonly FrameBuffer _buffer = new();
    private long _dropped;

    public LogSender(Socket socket)
    {
        _socket = socket;
        _socket.Blocking = false;
    }

    /// <summary>Sends a record of the error log, now or never.</summary>
    public void Send(LogLevelCode level, string text, string requestId = "")
    {
        lock (_building)
        {
            if (_dropped > 0 && TrySend(LogLevelCode.Warning, $"{_dropped} log records were dropped.", ""))
            {
                _dropped = 0;
            }

            if (!TrySend(level, text, requestId))
            {
                _dropped++;
            }
        }
    }

    /// <summary>Sends a finished datagram, and waits for room: for batches that are built off the request path.
    /// </summary>
    /// <returns>False when the supervisor is gone.</returns>
    public async ValueTask<bool> SendWhenPossibleAsync(ReadOnlyMemory<byte> datagram)
    {
        try
        {
            return await _socket.SendAsync(datagram).ConfigureAwait(false) == datagram.Length;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose() => _socket.Dispose();

    private bool TrySend(LogLevelCode level, string text, string requestId)
    {
        _buffer.Clear();
        new LogRecord(LogRecordKind.Error, level, requestId, text).WriteTo(_buffer);
        try
        {
            return _socket.Send(_buffer.WrittenSpan, SocketFlags.None, out var error) > 0
                && error == SocketError.Success;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }
}
