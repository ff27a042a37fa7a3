using System.Net.Sockets;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>
/// The socket of a connection to a target, below TLS. What comes is handled on the thread pool: completions may run on the
/// thread that serves every socket, which must not do TLS or compression. And its sending direction can be closed alone.
/// </summary>
internal sealed class TargetStream(Socket socket) : AsyncStream
{
    private readonly NetworkStream _inner = new(socket, ownsSocket: true);

    /// <summary>Tells the target that nothing more will be sent.</summary>
    public void EndSending()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = _inner.ReadAsync(buffer, cancellationToken);
        return read.IsCompletedSuccessfully ? read : WaitAsync(read);

        static async ValueTask<int> WaitAsync(ValueTask<int> read)
        {
            var count = await read.ConfigureAwait(false);
            await Task.Yield();
            return count;
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _inner.WriteAsync(buffer, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
