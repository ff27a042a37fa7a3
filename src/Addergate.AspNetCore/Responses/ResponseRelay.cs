using System.IO.Pipelines;
using Addergate.AspNetCore.Bodies;
using Addergate.Wire.Responses;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Responses;

/// <summary>
/// Carries one response from a slot to the client. The slot's reader pushes; whatever the client does not take at once
/// waits here, up to the limit for one response and the global budget, and only then is the reader told to stop: a slow
/// client holds neither a Python thread nor much memory.
/// <code>
///  slot ─Begin, Write, EndBatch, End─► web server's buffer ──► client      while it takes everything
///            └─► backlog ─DrainAsync─► web server's buffer                 while a flush is pending
/// </code>
/// Thread-safe by the exchange's gate, which it takes itself. After <see cref="Detach"/> it never touches the context
/// again.
/// </summary>
internal sealed class ResponseRelay(
    HttpContext context, Lock gate, IRelayOwner owner, BufferBudget budget, StallWatch stalls, int limit)
{
    // What goes to the web server between two flushes while draining.
    private const int DrainSize = 64 * 1024;

    private PipeWriter? _writer;
    private Backlog? _backlog;
    private long? _missing;
    private long _pauseAbove = long.MaxValue;
    private bool _isPaused;
    private bool _isStarted;
    private bool _isDirty;
    private bool _hasFlushed;
    private bool _isFlushing;
    private bool _isEnded;
    private bool _isDetached;
    private bool _isBodyForbidden;
    private IReplacement? _replacement;

    /// <summary>Body bytes handed to the web server. Stable once the relay is idle.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Whether the client's connection was reset because the response could not be finished.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Whether the application cannot go on before the client takes something. A look without the lock.</summary>
    public bool HoldsThread => Volatile.Read(ref _isPaused);

    /// <summary>Applies the head and starts the response.</summary>
    /// <param name="applier">The slot's.</param>
    /// <param name="head">Not read beyond status and reason yet.</param>
    /// <param name="wholeLength">Length of the body when this frame holds the whole response, else -1.</param>
    /// <returns>False when the head is malformed; then nothing was started.</returns>
    /// <exception cref="InvalidOperationException">The web server refuses what the application set.</exception>
    public bool Begin(ResponseHeadApplier applier, ref ResponseHeadReader head, long wholeLength)
    {
        Task start;
        lock (gate)
        {
            if (_isDetached)
            {
                return true;
            }

            if (!applier.TryApply(ref head, context))
            {
                return false;
            }

            _replacement = applier.Replacement(context);
            if (_replacement is not null)
            {
                // Read to its end, which tells whether the application has failed, and discarded.
                _isBodyForbidden = true;
                return true;
            }

            var response = context.Response;
            _isBodyForbidden = response.StatusCode is StatusCodes.Status204NoContent
                or StatusCodes.Status304NotModified || HttpMethods.IsHead(context.Request.Method);
            if (!_isBodyForbidden)
            {
                if (wholeLength >= 0 && response.ContentLength is null)
                {
                    response.ContentLength = wholeLength;
                }

                _missing = response.ContentLength;
            }

            _isStarted = true;
            _isDirty = true;
            _writer = response.BodyWriter;
            // Started first, bytes go straight into the web server's buffer; else it keeps them apart until a flush.
            start = response.StartAsync();
            _isFlushing = !start.IsCompletedSuccessfully;
            _hasFlushed = _isFlushing;
        }

        if (!start.IsCompletedSuccessfully)
        {
            _ = DrainAsync(AfterStartAsync(start));
        }

        return true;
    }

    /// <summary>Takes body bytes, all of them.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            if (_isDetached || _isBodyForbidden)
            {
                return;
            }

            if (_missing is { } missing)
            {
                // The worker has cut and logged what is too much; this is for a worker that does not.
                bytes = bytes[..(int)Math.Min(bytes.Length, missing)];
                _missing = missing - bytes.Length;
            }

            if (!_isFlushing)
            {
                CopyToWriter(bytes);
                return;
            }

            _backlog ??= new Backlog(budget);
            var hasRoom = _backlog.Append(bytes);
            if (!hasRoom || _backlog.Length >= limit)
            {
                _pauseAbove = hasRoom ? limit / 2 : 0;
            }
        }
    }

    /// <summary>The reader has handed over all that it had: what was written goes to the client now.</summary>
    public RelayProgress EndBatch()
    {
        ValueTask<FlushResult> flush;
        lock (gate)
        {
            if (_isFlushing && !_isDetached)
            {
                // Only here, as the reader's last act: from now on the drain may start it again at any moment.
                _isPaused = _backlog?.Length > _pauseAbove;
                return _isPaused ? RelayProgress.Pause : RelayProgress.Continue;
            }

            if (_isDetached || !_isDirty)
            {
                return RelayProgress.Continue;
            }

            _isDirty = false;
            _hasFlushed = true;
            flush = _writer!.FlushAsync();
            if (flush.IsCompletedSuccessfully)
            {
                return flush.Result.IsCompleted ? RelayProgress.ClientGone : RelayProgress.Continue;
            }

            _isFlushing = true;
        }

        _ = DrainAsync(flush);
        return RelayProgress.Continue;
    }

    /// <summary>The response is whole.</summary>
    /// <returns>Whether the request can be completed now; else <see cref="IRelayOwner.OnRelayIdle"/> comes.</returns>
    public bool End()
    {
        ValueTask<FlushResult> flush;
        lock (gate)
        {
            if (_isDetached)
            {
                return !_isFlushing;
            }

            if (_missing > 0)
            {
                return Abort();
            }

            _isEnded = true;
            if (_isFlushing || !_isDirty || !_hasFlushed || _missing is null)
            {
                // The web server sends the head, or a last chunk, and what was written with it, when the request is
                // completed. Where there is neither, as with a length and the head out, nobody would send these bytes.
                return !_isFlushing;
            }

            _isDirty = false;
            flush = _writer!.FlushAsync();
            if (flush.IsCompletedSuccessfully)
            {
                _ = flush.Result;
                return true;
            }

            _isFlushing = true;
        }

        _ = DrainAsync(flush);
        return false;
    }

    /// <summary>There is no whole response: answers with an error, or resets the client's connection when the
    /// response has started, so that a truncated one is never taken for complete.</summary>
    /// <returns>As <see cref="End"/>.</returns>
    public bool Fail(ErrorResponse error)
    {
        lock (gate)
        {
            if (_isDetached || _isEnded)
            {
                return !_isFlushing;
            }

            if (_isStarted)
            {
                return Abort();
            }

            _replacement?.GiveUp();
            error.WriteTo(context);
            _isDetached = true;
            return true;
        }
    }

    /// <summary>The client has gone: drops what is held and discards what comes.</summary>
    /// <returns>As <see cref="End"/>.</returns>
    public bool Detach()
    {
        lock (gate)
        {
            _isDetached = true;
            _backlog?.Clear();
            return !_isFlushing;
        }
    }

    private bool Abort()
    {
        IsCutOff = true;
        context.Abort();
        _isDetached = true;
        _backlog?.Clear();
        return !_isFlushing;
    }

    private async ValueTask<FlushResult> AfterStartAsync(Task start)
    {
        await start.ConfigureAwait(false);
        return await _writer!.FlushAsync().ConfigureAwait(false);
    }

    private void CopyToWriter(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        // With the size: asked for any size, the web server may return an empty span once the response has started.
        bytes.CopyTo(_writer!.GetSpan(bytes.Length));
        _writer.Advance(bytes.Length);
        BytesSent += bytes.Length;
        _isDirty = true;
    }

    /// <summary>The client takes nothing: resets its connection.</summary>
    public void CutOff()
    {
        lock (gate)
        {
            if (!_isDetached && _isFlushing)
            {
                Abort();
            }
        }
    }

    private async Task DrainAsync(ValueTask<FlushResult> flush)
    {
        stalls.Begin(this, context);
        while (true)
        {
            var isGone = await IsGoneAsync(flush).ConfigureAwait(false);
            bool isFlushing, isIdle, mayResume;
            lock (gate)
            {
                if (!_isDetached && !isGone && MoveBacklog())
                {
                    flush = _writer!.FlushAsync();
                }
                else
                {
                    _isFlushing = false;
                }

                isFlushing = _isFlushing;
                isIdle = !isFlushing && (_isDetached || _isEnded);
                mayResume = _isPaused && (!isFlushing || _backlog!.Length <= _pauseAbove);
                if (mayResume)
                {
                    _isPaused = false;
                    _pauseAbove = long.MaxValue;
                }
            }

            if (!isFlushing)
            {
                stalls.End(this);
            }

            if (isIdle)
            {
                owner.OnRelayIdle();
            }
            else if (isGone)
            {
                owner.OnClientGone();
            }

            if (mayResume)
            {
                owner.ResumeReading();
            }

            if (!isFlushing)
            {
                return;
            }
        }
    }

    private bool MoveBacklog()
    {
        var moved = 0;
        while (_backlog is { Length: > 0 } && moved < DrainSize)
        {
            var segment = _backlog.Peek();
            CopyToWriter(segment);
            moved += segment.Length;
            _backlog.Consume();
        }

        _isDirty = false;
        _hasFlushed = true;
        return moved > 0;
    }

    private static async ValueTask<bool> IsGoneAsync(ValueTask<FlushResult> flush)
    {
        try
        {
            var result = await flush.ConfigureAwait(false);
            return result.IsCompleted || result.IsCanceled;
        }
        catch (Exception)
        {
            // Whatever the web server throws here, nobody takes the response any more.
            return true;
        }
    }
}
