using System.Buffers;
using System.IO.Pipelines;

namespace Addergate.AspNetCore.Compression;

/// <summary>
/// Compresses what is written to it. Compressing takes time that the thread of the writer may not have, since it may be the
/// one that reads from all workers: so written bytes are only kept, and a flush compresses them on the pool. What is
/// flushed reaches the client, whatever the compressor would like to wait for. One writer; nothing is written while a
/// flush is pending.
/// </summary>
internal sealed class CompressingWriter : PipeWriter
{
    private readonly PipeWriter _inner;
    private readonly WriterStream _compressed;
    private readonly Stream _compressor;
    private byte[] _buffer = [];
    private int _length;

    /// <param name="inner">The web server's.</param>
    /// <param name="compressor">Makes the compressor over a stream.</param>
    public CompressingWriter(PipeWriter inner, Func<Stream, Stream> compressor)
    {
        _inner = inner;
        _compressed = new WriterStream(inner);
        _compressor = compressor(_compressed);
    }

    /// <summary>Compressed bytes so far.</summary>
    public long BytesWritten => _compressed.Written;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _length;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    public override void Advance(int bytes) => _length += bytes;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        new(CompressAndFlushAsync(cancellationToken));

    public override void CancelPendingFlush() => _inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
    }

    /// <summary>Compresses the rest and ends the compression; on the pool. The end of the request sends it.</summary>
    public void Finish()
    {
        Compress();
        _compressor.Dispose();
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    private async Task<FlushResult> CompressAndFlushAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        Compress();
        _compressor.Flush();
        return await _inner.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Compress()
    {
        if (_length > 0)
        {
            _compressor.Write(_buffer, 0, _length);
            _length = 0;
        }
    }

    private void Reserve(int size)
    {
        size = Math.Max(size, 1);
        if (_buffer.Length - _length >= size)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + size, Math.Max(4096, 2 * _buffer.Length)));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}
