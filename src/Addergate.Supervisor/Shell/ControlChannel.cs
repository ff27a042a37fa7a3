using System.Buffers;
using System.Net.Sockets;
using System.Threading.Channels;
using Addergate.Wire;
using Addergate.Wire.Control;
using Addergate.Wire.Frames;

namespace Addergate.Supervisor.Shell;

/// <summary>
/// The supervisor's end of a child's control socket. Messages out are queued, so that a child that does not read never
/// holds up the supervisor; messages in are given to a callback on a pool thread, one at a time and in order.
/// </summary>
internal sealed class ControlChannel : IDisposable
{
    private readonly Socket _socket;
    private int _unsent;
    private readonly Channel<ControlMessage> _outgoing =
        Channel.CreateUnbounded<ControlMessage>(new UnboundedChannelOptions { SingleReader = true });

    /// <param name="socket">Owned from here on.</param>
    /// <param name="received">Told each message.</param>
    /// <param name="broken">Told, at most once, that what came is no message. The end of the stream is not told: the
    /// process's end is what counts.</param>
    public ControlChannel(SafeSocketHandle socket, Action<ControlMessage> received, Action broken)
    {
        _socket = new Socket(socket);
        _ = SendAsync();
        Drained = ReceiveAsync(received, broken);
    }

    /// <summary>Completes when everything that the child said has been given out and its end is closed.</summary>
    public Task Drained { get; }

    /// <summary>Whether the child has yet to take something that was sent before. Any thread.</summary>
    public bool IsBehind => Volatile.Read(ref _unsent) > 0;

    /// <summary>Any thread; a message to a child that is gone is left out.</summary>
    public void Send(ControlMessage message)
    {
        Interlocked.Increment(ref _unsent);
        _outgoing.Writer.TryWrite(message);
    }

    public void Dispose()
    {
        _outgoing.Writer.TryComplete();
        _socket.Dispose();
    }

    private async Task SendAsync()
    {
        var buffer = new FrameBuffer();
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync())
            {
                buffer.Clear();
                message.WriteTo(buffer);
                for (var rest = buffer.Written; !rest.IsEmpty;)
                {
                    rest = rest[await _socket.SendAsync(rest)..];
                }

                Interlocked.Decrement(ref _unsent);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            _outgoing.Writer.TryComplete();
        }
    }

    private async Task ReceiveAsync(Action<ControlMessage> received, Action broken)
    {
        var buffer = new byte[4096];
        var length = 0;
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(length)) is var count and > 0)
            {
                length += count;
                while (ControlMessage.TryRead(buffer.AsSpan(0, length), out var message, out var consumed) is var status
                    && status != OperationStatus.NeedMoreData)
                {
                    if (status != OperationStatus.Done)
                    {
                        broken();
                        return;
                    }

                    received(message!);
                    buffer.AsSpan(consumed, length - consumed).CopyTo(buffer);
                    length -= consumed;
                }

                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, Math.Min(buffer.Length * 4, WireLimits.MaxControlMessage + 4096));
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The child is gone or going.
        }
    }
}
