using System.Buffers;
using System.Net.Sockets;
using Addergate.Wire.Control;
using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>
/// The control socket seen from the front end: whole messages in, whole messages out. One reader at a time; any thread
/// may send.
/// </summary>
internal sealed class ControlChannel(Socket socket) : IDisposable
{
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly FrameBuffer _outgoing = new();
    private byte[] _incoming = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>Whether something has arrived that <see cref="ReadAsync"/> has not given out.</summary>
    public bool HasPending => _end > _start || socket.Available > 0;

    /// <summary>
    /// The next message, or null when the supervisor is gone or does not speak this protocol: both mean that this
    /// process has no owner any more. The caller continues on the thread pool, never on the socket's event thread.
    /// </summary>
    public async Task<ControlMessage?> ReadAsync()
    {
        while (true)
        {
            var status = ControlMessage.TryRead(
                _incoming.AsSpan(_start, _end - _start), out var message, out var consumed);
            if (status == OperationStatus.Done)
            {
                _start += consumed;
                return message;
            }

            if (status == OperationStatus.InvalidData || !await ReceiveAsync().ConfigureAwait(false))
            {
                return null;
            }
        }
    }

    /// <summary>Sends a message. Nothing is reported when the supervisor is gone: <see cref="ReadAsync"/> tells.
    /// </summary>
    public async Task SendAsync(ControlMessage message)
    {
        await _sending.WaitAsync().ConfigureAwait(false);
        try
        {
            _outgoing.Clear();
            message.WriteTo(_outgoing);
            var rest = _outgoing.Written;
            while (!rest.IsEmpty)
            {
                var sent = await socket.SendAsync(rest).ConfigureAwait(false);
                rest = rest[sent..];
            }
        }
        catch (SocketException)
        {
        }
        finally
        {
            _sending.Release();
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        _sending.Dispose();
    }

    private async Task<bool> ReceiveAsync()
    {
        MakeRoom();
        try
        {
            var received = await socket.ReceiveAsync(_incoming.AsMemory(_end), SocketFlags.None).ConfigureAwait(false);
            // Completions run inline on the event thread here, and what a message asks for may take milliseconds.
            await Task.Yield();
            _end += received;
            return received > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void MakeRoom()
    {
        _incoming.AsSpan(_start, _end - _start).CopyTo(_incoming);
        _end -= _start;
        _start = 0;
        if (_end == _incoming.Length)
        {
            // TryRead refuses a length beyond WireLimits.MaxControlMessage, so this ends.
            Array.Resize(ref _incoming, _incoming.Length * 2);
        }
    }
}
