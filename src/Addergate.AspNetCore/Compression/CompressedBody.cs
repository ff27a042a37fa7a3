using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.Compression;

/// <summary>The body of a response that may be compressed: that is decided when its first byte is written or its head is
/// started. What is not compressed goes straight to the web server's.</summary>
internal sealed class CompressedBody(HttpContext context, IHttpResponseBodyFeature inner, CompressionChoice choice)
    : IHttpResponseBodyFeature
{
    private Stream? _stream;
    private bool _isDecided;

    /// <summary>Null while nothing is compressed.</summary>
    public CompressingWriter? Compressing { get; private set; }

    public PipeWriter Writer
    {
        get
        {
            Decide();
            return Compressing ?? inner.Writer;
        }
    }

    // Asked for by who only wants to know whether it can seek, before the headers are set: so it decides later.
    public Stream Stream => _stream ??= new LateWriter(this).AsStream(leaveOpen: true);

    public void DisableBuffering() => inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        Decide();
        return inner.StartAsync(cancellationToken);
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    public async Task CompleteAsync()
    {
        Finish();
        await inner.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>The response is whole, or given up.</summary>
    public void Finish()
    {
        _isDecided = true;
        Compressing?.Finish();
        Compressing = null;
    }

    private void Decide()
    {
        if (!_isDecided)
        {
            _isDecided = true;
            if (!context.Response.HasStarted && choice.Choose(context) is { } provider)
            {
                Compressing = new CompressingWriter(inner.Writer, provider.CreateStream);
            }
        }
    }

    /// <summary>Asks for the writer at each call.</summary>
    private sealed class LateWriter(CompressedBody body) : PipeWriter
    {
        public override void Advance(int bytes) => body.Writer.Advance(bytes);

        public override void CancelPendingFlush() => body.Writer.CancelPendingFlush();

        public override void Complete(Exception? exception = null)
        {
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            body.Writer.FlushAsync(cancellationToken);

        public override Memory<byte> GetMemory(int sizeHint = 0) => body.Writer.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => body.Writer.GetSpan(sizeHint);
    }
}
