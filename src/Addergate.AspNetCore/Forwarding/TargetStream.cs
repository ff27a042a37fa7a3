using System.Net.Sockets;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>
/// A connection to a target. It adds three things to its socket:
/// <list type="bullet">
/// <item>What comes is handled on the thread pool: completions may run on the thread that serves every socket, which must
/// not do TLS or compression.</item>
/// <item>An end of stream in the place of an answer is an error. The client library would take it for an idle connection
/// that was closed and send the request again, which the target may have carried out.</item>
/// <item>Its sending direction can be closed alone.</item>
/// </list>
/// </summary>
internal sealed class TargetStream(Socket socket) : Stream
{
    private readonly NetworkStream _inner = new(socket, ownsSocket: true);
    private volatile bool _isAnswerDue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether an end of stream is one like any other: once the connection is a tunnel.</summary>
    public bool IsTunnel { get; set; }

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
        return read.IsCompletedSuccessfully ? new ValueTask<int>(Judge(read.Result, buffer.Length)) : WaitAsync(read, buffer.Length);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _isAnswerDue = true;
        return _inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    // Nothing here waits in a thread.
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> WaitAsync(ValueTask<int> read, int asked)
    {
        var count = await read.ConfigureAwait(false);
        await Task.Yield();
        return Judge(count, asked);
    }

    private int Judge(int count, int asked)
    {
        if (count > 0)
        {
            _isAnswerDue = false;
        }
        else if (asked > 0 && _isAnswerDue && !IsTunnel)
        {
            throw new IOException("the connection was closed without an answer");
        }

        return count;
    }
}
