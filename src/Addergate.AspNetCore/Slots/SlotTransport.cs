using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Addergate.AspNetCore.Slots;

/// <summary>
/// A slot's socket: the receive loop, which always waits for bytes so that a worker's death is noticed at once, and
/// sends that try to finish without waiting. Bytes are handed to the slot on the loop's thread: the socket engine's own
/// where completions run inline, else the thread pool's.
/// </summary>
internal sealed class SlotTransport : SocketAsyncEventArgs
{
    // A worker that sends as fast as its client takes would keep the thread for itself, which may be the socket
    // engine's: then the loop goes on in the thread pool.
    private const int MostBatches = 16;

    private readonly Socket _socket;
    private readonly Slot _slot;

    public SlotTransport(Socket socket, Slot slot)
        : base(true) // Suppresses the flow of the execution context: no request is current here.
    {
        _socket = socket;
        _slot = slot;
        socket.Blocking = false;
    }

    public ReceiveBuffer Received { get; } = new();

    /// <summary>Runs the receive loop on this thread until it has to wait; also to start it again after a pause.
    /// </summary>
    public void Run()
    {
        for (var batches = 0; batches < MostBatches; batches++)
        {
            var finished = _slot.TakeFinished();
            var isPending = TryReceive();
            // After the next receive was posted: completing runs the web server, and then the next request.
            finished?.Complete();
            if (isPending || !Deliver())
            {
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(static transport => transport.Run(), this, preferLocal: false);
    }

    /// <summary>Sends a frame, then body pieces that belong to it.</summary>
    /// <returns>Null when everything was handed to the kernel, else the rest of the work.</returns>
    /// <exception cref="SocketException">The worker is gone.</exception>
    /// <exception cref="ObjectDisposedException">The slot was closed.</exception>
    public Task? Send(ReadOnlyMemory<byte> frame, IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        if (pieces.Count > 0)
        {
            return SendPiecesAsync(frame, pieces);
        }

        var sent = _socket.Send(frame.Span, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success when sent == frame.Length => null,
            SocketError.Success => SendRestAsync(frame[sent..]),
            SocketError.WouldBlock => SendRestAsync(frame),
            _ => throw new SocketException((int)error),
        };
    }

    /// <summary>Ends the stream in both directions; what has arrived is still received.</summary>
    public void Shutdown()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // Closed already.
        }
    }

    public void Close() => _socket.Dispose();

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        if (Deliver())
        {
            Run();
        }
    }

    private bool TryReceive()
    {
        try
        {
            SetBuffer(Received.Room);
            return _socket.ReceiveAsync(this);
        }
        catch (ObjectDisposedException)
        {
            SocketError = SocketError.OperationAborted;
            return false;
        }
    }

    private bool Deliver()
    {
        if (SocketError != SocketError.Success || BytesTransferred == 0)
        {
            _slot.Close(SlotFailure.WorkerGone);
            return false;
        }

        Received.Commit(BytesTransferred);
        var end = _slot.OnReceived(Received);
        if (end is BatchEnd.Closed)
        {
            _slot.TakeFinished()?.Complete();
        }

        return end is BatchEnd.Receive;
    }

    private async Task SendRestAsync(ReadOnlyMemory<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            var sent = await _socket.SendAsync(rest, SocketFlags.None).ConfigureAwait(false);
            rest = rest[sent..];
        }
    }

    private async Task SendPiecesAsync(ReadOnlyMemory<byte> frame, IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        var segments = new List<ArraySegment<byte>>(pieces.Count + 1);
        var total = frame.Length;
        Add(frame);
        foreach (var piece in pieces)
        {
            Add(piece);
            total += piece.Length;
        }

        var sent = await _socket.SendAsync(segments, SocketFlags.None).ConfigureAwait(false);
        if (sent != total)
        {
            throw new SocketException((int)SocketError.ConnectionReset);
        }

        void Add(ReadOnlyMemory<byte> memory)
        {
            _ = MemoryMarshal.TryGetArray(memory, out var segment);
            segments.Add(segment);
        }
    }
}
