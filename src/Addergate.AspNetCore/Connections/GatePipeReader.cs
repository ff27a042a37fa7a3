using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Addergate.AspNetCore.Connections;

/// <summary>
/// Stands between the transport and the HTTP/1 parser, and passes on what <see cref="RequestFraming"/> released, without
/// copying it. At the first violation the line that broke the rules is replaced by one that the parser is certain to
/// refuse, and nothing follows it: so the answers to requests before it come in order, then 400, then the end of the
/// connection, and no byte behind the violation is ever taken for a request.
/// <para>
/// The end of the client's stream is told only when the parser has seen every byte: a parser that learns of it earlier
/// takes a request that arrived whole for one that was cut off.
/// </para>
/// One reader at a time, as for any pipe.
/// </summary>
internal sealed class GatePipeReader(PipeReader inner, RequestFraming framing, Action<Violation> onViolation) : PipeReader
{
    // No space and no colon: neither a request line nor a header, a trailer, a chunk size or a chunk's end.
    private static readonly byte[] Refused = [.. "\0\r\n\r\n"u8];

    // Positions count bytes since the connection began.
    private long _start;
    private long _shownEnd;
    private bool _allExamined = true;

    private ReadOnlySequence<byte> _inner;
    private ReadOnlySequence<byte> _shown;
    private bool _isReplaced;
    private bool _isCancelled;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_isReplaced)
        {
            return new ValueTask<ReadResult>(ShowReplaced());
        }

        var read = inner.ReadAsync(cancellationToken);
        if (!read.IsCompletedSuccessfully)
        {
            return ReadSlowlyAsync(read, cancellationToken);
        }

        return TryShow(read.Result, out var result)
            ? new ValueTask<ReadResult>(result)
            : ReadSlowlyAsync(null, cancellationToken);
    }

    public override bool TryRead(out ReadResult result)
    {
        if (_isReplaced)
        {
            result = ShowReplaced();
            return true;
        }

        if (!inner.TryRead(out var read))
        {
            result = default;
            return false;
        }

        if (TryShow(read, out result))
        {
            return true;
        }

        inner.AdvanceTo(_inner.Start, _inner.End);
        return false;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _start += LengthUpTo(consumed);
        _allExamined = examined.Equals(_shown.End) || _shown.Slice(examined).IsEmpty;
        if (_isReplaced)
        {
            _shown = _shown.Slice(consumed);
            return;
        }

        // What is held back was examined by the gate: else the transport would give it again at once, for ever.
        inner.AdvanceTo(consumed, _allExamined && _shown.Length != _inner.Length ? _inner.End : examined);
        _shown = default;
        _inner = default;
    }

    public override void CancelPendingRead()
    {
        _isCancelled = _isReplaced;
        inner.CancelPendingRead();
    }

    public override void Complete(Exception? exception = null)
    {
        framing.Release();
        inner.Complete(exception);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> ReadSlowlyAsync(
        ValueTask<ReadResult>? pending, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (pending is { } read && TryShow(await read.ConfigureAwait(false), out var result))
            {
                return result;
            }

            // Only a part of a line came that is held back until it is whole.
            inner.AdvanceTo(_inner.Start, _inner.End);
            pending = inner.ReadAsync(cancellationToken);
        }
    }

    /// <summary>False when there is nothing that the parser has not seen.</summary>
    private bool TryShow(in ReadResult read, out ReadResult result)
    {
        _inner = read.Buffer;
        var length = _inner.Length;
        TakeNew(length);
        if (framing.Violation != Violation.None)
        {
            Replace();
            result = ShowReplaced();
            return true;
        }

        var released = framing.Released - _start;
        _shown = released == length ? _inner : _inner.Slice(0, released);
        var isNew = framing.Released > _shownEnd || !_allExamined;
        _shownEnd = framing.Released;
        var isCompleted = !isNew && (read.IsCompleted || framing.IsSealed);
        result = new ReadResult(_shown, read.IsCanceled, isCompleted);
        return isNew || isCompleted || read.IsCanceled;
    }

    private void TakeNew(long length)
    {
        var fresh = _start + length - framing.Taken;
        if (fresh <= 0)
        {
            return;
        }

        if (_inner.IsSingleSegment)
        {
            framing.Take(_inner.FirstSpan[^(int)fresh..]);
            return;
        }

        foreach (var memory in _inner.Slice(length - fresh))
        {
            framing.Take(memory.Span);
        }
    }

    private void Replace()
    {
        // A CRLF before a request may have been consumed while its second half broke the rules.
        var good = _inner.Slice(0, Math.Max(0, framing.Released - _start));
        var bytes = new byte[good.Length + Refused.Length];
        good.CopyTo(bytes);
        Refused.CopyTo(bytes, (int)good.Length);
        inner.AdvanceTo(_inner.End);
        _inner = default;
        _shown = new ReadOnlySequence<byte>(bytes);
        _isReplaced = true;
        _allExamined = false;
        onViolation(framing.Violation);
    }

    private ReadResult ShowReplaced()
    {
        var result = new ReadResult(_shown, _isCancelled, _allExamined);
        _isCancelled = false;
        return result;
    }

    private long LengthUpTo(SequencePosition position) =>
        position.Equals(_shown.Start) ? 0
        : position.Equals(_shown.End) ? _shown.Length
        : _shown.Slice(0, position).Length;
}
