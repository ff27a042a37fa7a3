using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Microsoft.AspNetCore.Connections.Features;

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
internal sealed class GatePipeReader : PipeReader, IValueTaskSource<ReadResult>, IGateFeature
{
    // No space and no colon: neither a request line nor a header, a trailer, a chunk size or a chunk's end.
    private static readonly byte[] Refused = [.. "\0\r\n\r\n"u8];

    private readonly PipeReader _transport;
    private readonly RequestFraming _framing;
    private readonly Action<Violation> _onViolation;
    private readonly HeadClock? _clock;
    private readonly IConnectionHeartbeatFeature? _heartbeat;
    private bool _isWatched;

    // A pending read. By hand, since an async method costs more than all the rest of the gate.
    private readonly Action _onRead;
    private ManualResetValueTaskSourceCore<ReadResult> _pending;
    private ConfiguredValueTaskAwaitable<ReadResult>.ConfiguredValueTaskAwaiter _read;
    private CancellationToken _readToken;

    // Positions count bytes since the connection began.
    private long _start;
    private long _shownEnd;
    private bool _allExamined = true;

    private ReadOnlySequence<byte> _inner;
    private ReadOnlySequence<byte> _shown;
    private bool _isReplaced;
    private bool _isCancelled;

    /// <param name="transport">What the client sends.</param>
    /// <param name="framing">The rules, at the connection's first byte.</param>
    /// <param name="onViolation">Told once, at the first violation.</param>
    /// <param name="clock">Limits the time for a head; null does not.</param>
    /// <param name="heartbeat">Looks at the clock.</param>
    public GatePipeReader(
        PipeReader transport,
        RequestFraming framing,
        Action<Violation> onViolation,
        HeadClock? clock = null,
        IConnectionHeartbeatFeature? heartbeat = null)
    {
        _clock = clock;
        _heartbeat = heartbeat;
        _transport = transport;
        _framing = framing;
        _onViolation = onViolation;
        _onRead = OnRead;
    }

    /// <summary>Whether nothing is known to follow what the parser has had.</summary>
    public bool IsAtEndOfRequest => _framing is { Violation: Violation.None, IsSealed: false, IsBetweenRequests: true };

    /// <summary>Bytes that the parser has done with, since the connection began.</summary>
    public long Consumed => _start;

    /// <summary>Bytes that came and were looked at, since the connection began.</summary>
    public long Received => _framing.Taken;

    public void Open() => _framing.Open();

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_isReplaced)
        {
            return new ValueTask<ReadResult>(ShowReplaced());
        }

        while (true)
        {
            var read = _transport.ReadAsync(cancellationToken);
            if (!read.IsCompletedSuccessfully)
            {
                return Wait(read, cancellationToken);
            }

            if (TryShow(read.Result, out var result))
            {
                return new ValueTask<ReadResult>(result);
            }

            // Only a part of a line came, which is held back until it is whole.
            _transport.AdvanceTo(_inner.Start, _inner.End);
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        if (_isReplaced)
        {
            result = ShowReplaced();
            return true;
        }

        if (!_transport.TryRead(out var read))
        {
            result = default;
            return false;
        }

        if (TryShow(read, out result))
        {
            return true;
        }

        _transport.AdvanceTo(_inner.Start, _inner.End);
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
        _transport.AdvanceTo(consumed, _allExamined && _shown.Length != _inner.Length ? _inner.End : examined);
        _shown = default;
        _inner = default;
    }

    public override void CancelPendingRead()
    {
        _isCancelled = _isReplaced;
        _transport.CancelPendingRead();
    }

    public override void Complete(Exception? exception = null)
    {
        _framing.Release();
        _transport.Complete(exception);
    }

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token) => _pending.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _pending.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _pending.OnCompleted(continuation, state, token, flags);

    private ValueTask<ReadResult> Wait(ValueTask<ReadResult> read, CancellationToken cancellationToken)
    {
        _pending.Reset();
        var result = new ValueTask<ReadResult>(this, _pending.Version);
        _readToken = cancellationToken;
        _read = read.ConfigureAwait(false).GetAwaiter();
        if (_clock is not null && _framing.HeadLength > 0)
        {
            WatchHead(_clock);
        }

        _read.UnsafeOnCompleted(_onRead);
        return result;
    }

    // Most heads come whole, so this is rare.
    private void WatchHead(HeadClock clock)
    {
        if (!_isWatched)
        {
            _isWatched = true;
            _heartbeat?.OnHeartbeat(static state => ((GatePipeReader)state).LookAtClock(), this);
        }

        clock.Wait(_framing.Taken - _framing.HeadLength, _framing.HeadLength);
    }

    /// <summary>Ends the pending read when the head takes too long. From any thread.</summary>
    internal void LookAtClock()
    {
        if (_clock!.Look())
        {
            _transport.CancelPendingRead();
        }
    }

    private void OnRead()
    {
        ReadResult result;
        _clock?.Stop();
        try
        {
            while (!TryShow(_read.GetResult(), out result))
            {
                _transport.AdvanceTo(_inner.Start, _inner.End);
                _read = _transport.ReadAsync(_readToken).ConfigureAwait(false).GetAwaiter();
                if (!_read.IsCompleted)
                {
                    if (_clock is not null && _framing.HeadLength > 0)
                    {
                        WatchHead(_clock);
                    }

                    _read.UnsafeOnCompleted(_onRead);
                    return;
                }
            }
        }
        catch (Exception failure)
        {
            // The transport's: a reset, a cancelled read. It is the parser's to see.
            _pending.SetException(failure);
            return;
        }

        _pending.SetResult(result);
    }

    /// <summary>False when there is nothing that the parser has not seen.</summary>
    private bool TryShow(in ReadResult read, out ReadResult result)
    {
        _inner = read.Buffer;
        var length = _inner.Length;
        TakeNew(length);
        var isCanceled = read.IsCanceled;
        if (isCanceled && _clock is not null && _clock.TakeLate())
        {
            // The head may have come whole at the same moment; then nobody else is to hear of the cancellation.
            _framing.GiveUp();
            isCanceled = false;
        }

        if (_framing.Violation != Violation.None)
        {
            Replace();
            result = ShowReplaced();
            return true;
        }

        var released = _framing.Released - _start;
        _shown = released == length ? _inner : _inner.Slice(0, released);
        var isNew = _framing.Released > _shownEnd || !_allExamined;
        _shownEnd = _framing.Released;
        var isCompleted = !isNew && (read.IsCompleted || _framing.IsSealed);
        result = new ReadResult(_shown, isCanceled, isCompleted);
        return isNew || isCompleted || isCanceled;
    }

    private void TakeNew(long length)
    {
        var fresh = _start + length - _framing.Taken;
        if (fresh <= 0)
        {
            return;
        }

        if (_inner.IsSingleSegment)
        {
            _framing.Take(_inner.FirstSpan[^(int)fresh..]);
            return;
        }

        foreach (var memory in _inner.Slice(length - fresh))
        {
            _framing.Take(memory.Span);
        }
    }

    private void Replace()
    {
        // A CRLF before a request may have been consumed while its second half broke the rules.
        var good = _inner.Slice(0, Math.Max(0, _framing.Released - _start));
        var bytes = new byte[good.Length + Refused.Length];
        good.CopyTo(bytes);
        Refused.CopyTo(bytes, (int)good.Length);
        _transport.AdvanceTo(_inner.End);
        _inner = default;
        _shown = new ReadOnlySequence<byte>(bytes);
        _isReplaced = true;
        _allExamined = false;
        _onViolation(_framing.Violation);
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
