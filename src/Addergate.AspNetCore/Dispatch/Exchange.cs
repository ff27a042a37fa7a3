using Addergate.AspNetCore.AccessLog;
using Addergate.AspNetCore.Bodies;
using Addergate.AspNetCore.Connections;
using Addergate.AspNetCore.ErrorPages;
using Addergate.AspNetCore.Files.Handlers;
using Addergate.AspNetCore.Proxies;
using Addergate.AspNetCore.Requests;
using Addergate.AspNetCore.Responses;
using Addergate.AspNetCore.Slots;
using Addergate.Wire.Frames;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.Dispatch;

/// <summary>
/// One request from its arrival to the end of its response. It owns the HTTP side (context and body) until
/// <see cref="Completion"/>; the slot side may go on longer, discarding what an application still sends for a client
/// that has gone.
/// <para>The gate orders everything that touches the context. It may be held while the web server's buffer is written
/// to, but no lock of slot or pool is taken under it.</para>
/// </summary>
internal sealed partial class Exchange : IRelayOwner
{
    // As often as a request that Python has not seen is sent to another slot.
    private const int MostResends = 2;

    // As much of a target as a log line can bear.
    private const int LongestTarget = 500;

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _completion = new();
    private readonly ExchangeServices _services;
    private readonly ResponseRelay _relay;
    private CancellationTokenRegistration _abortRegistration;
    private volatile Slot? _slot;
    private string? _line;
    private int _resends;
    private int _holds;
    private bool _isClientGone;
    private bool _wantsCompletion;
    private bool _isCompleted;
    private long _queued;
    private long _taken;

    /// <param name="context">The request.</param>
    /// <param name="services">Shared.</param>
    /// <param name="runLimit">How long it may run, in the watch's units; 0 for no limit.</param>
    public Exchange(HttpContext context, ExchangeServices services, long runLimit)
    {
        RunLimit = runLimit;
        Context = context;
        _services = services;
        _relay = new ResponseRelay(
            context, _gate, this, services.Budgets.Memory, services.Stalls, services.Options.Limits.ResponseBuffer);
        RequestId = RequestIds.Next();
        RequestStart = services.Now();
        if (services.Metrics is not null)
        {
            _arrived = services.Time.GetTimestamp();
        }
    }

    public HttpContext Context { get; }

    public string RequestId { get; }

    /// <summary>Null where no proxy is trusted, or says nothing of the server.</summary>
    public ProxiedServer? ProxiedServer => _services.Options.IsProxied ? Context.Features.Get<ProxiedServer>() : null;

    /// <summary>Null where no page is declared.</summary>
    public ErrorPageRequest? ErrorPage => _services.Options.HasErrorPages ? Context.Features.Get<ErrorPageRequest>() : null;

    /// <summary>Null where no script answers for files, or not for this one.</summary>
    public HandledFile? HandledFile => _services.Options.HasFileHandlers ? Context.Features.Get<HandledFile>() : null;

    /// <summary>Seconds since the epoch.</summary>
    public double RequestStart { get; }

    /// <summary>Seconds since the epoch.</summary>
    public double QueueStart { get; private set; }

    /// <summary>How long it may run, in the watch's units; 0 for no limit.</summary>
    public long RunLimit { get; }

    /// <summary>Whether it does not count as activity.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Null when there is none.</summary>
    public RequestBody? Body { get; private set; }

    /// <summary>Ends with the response; never faulted. Its continuations run inline.</summary>
    public Task Completion => _completion.Task;

    /// <summary>The queue's, under the pool's lock.</summary>
    public Exchange? Previous { get; set; }

    /// <inheritdoc cref="Previous"/>
    public Exchange? Next { get; set; }

    /// <inheritdoc cref="Previous"/>
    public bool IsQueued { get; set; }

    /// <inheritdoc cref="Previous"/>
    public long QueuedAt { get; set; }

    /// <summary>Whether it was sent to a slot in vain.</summary>
    public bool WasSent => _resends > 0;

    /// <summary>Whether its client has closed its own direction, and may be gone altogether. Only while it is queued,
    /// under the pool's lock: then it is certain not to be over.</summary>
    public bool IsHalfClosed => Context.Features.Get<IHalfCloseFeature>() is { IsHalfClosed: true };

    /// <summary>Method and target for people, cut to a sane length; empty where nobody asked before it was over.
    /// </summary>
    public string Line
    {
        get
        {
            lock (_gate)
            {
                return _line ??= _isCompleted ? "" : LineOf(Context.Request);
            }
        }
    }

    public ResponseRelay Relay => _relay;

    /// <summary>The client's address, the request line without its query, and the site's name; null when it is over.</summary>
    public (string Client, string Line, string Host)? Overview()
    {
        lock (_gate)
        {
            var request = Context.Request;
            return _isCompleted
                ? null
                : (Context.Connection.RemoteIpAddress?.ToString() ?? "",
                    Cut($"{request.Method} {request.PathBase}{request.Path} {request.Protocol}"),
                    Cut(request.Host.Host));
        }
    }

    /// <summary>Queues the request, whose body (if any) becomes this exchange's.</summary>
    public void Submit(RequestBody? body)
    {
        Body = body;
        QueueStart = body is null ? RequestStart : _services.Now();
        _abortRegistration = Context.RequestAborted.UnsafeRegister(
            static exchange => ((Exchange)exchange!).OnClientGone(), this);
        if (_services.IsTimed)
        {
            _queued = _services.Time.GetTimestamp();
        }

        _services.Pool.Submit(this);
    }

    /// <summary>Ends it with an error of the server's own; before <see cref="Submit"/>.</summary>
    /// <param name="status">The status, or 0 to reset the connection.</param>
    public void Refuse(int status)
    {
        if (status == 0)
        {
            Context.Abort();
        }
        else
        {
            Error(status).WriteTo(Context);
        }

        Complete();
    }

    /// <summary>For a slot: builds the REQUEST frame.</summary>
    /// <param name="slot">From now on told when the client goes.</param>
    /// <param name="buffer">Empty.</param>
    /// <param name="number">The request's number on the slot.</param>
    /// <param name="outside">Body to send behind the buffer; it stays valid until it is given to
    /// <see cref="EndHold(IReadOnlyList{ReadOnlyMemory{byte}})"/>.</param>
    /// <returns>False when the request is over already.</returns>
    public bool TryWrite(
        Slot slot, FrameBuffer buffer, ulong number, out IReadOnlyList<ReadOnlyMemory<byte>> outside)
    {
        lock (_gate)
        {
            outside = [];
            if (_isClientGone || _isCompleted)
            {
                return false;
            }

            if (_services.IsTimed)
            {
                _taken = _services.Time.GetTimestamp();
            }

            outside = RequestWriter.Write(buffer, this, number);
            _slot = slot;
            _holds += outside.Count > 0 ? 1 : 0;
            return true;
        }
    }

    /// <summary>Keeps context and body until <see cref="EndHold()"/>; false when the request is over already.</summary>
    public bool TryHold()
    {
        lock (_gate)
        {
            if (_isClientGone || _isCompleted)
            {
                return false;
            }

            _holds++;
            return true;
        }
    }

    public void EndHold()
    {
        lock (_gate)
        {
            _holds--;
            if (!_wantsCompletion)
            {
                return;
            }
        }

        Complete();
    }

    /// <summary>What <see cref="TryWrite"/> gave out is no longer read.</summary>
    public void EndHold(IReadOnlyList<ReadOnlyMemory<byte>> outside)
    {
        if (outside.Count > 0)
        {
            EndHold();
        }
    }

    public bool IsClientGone => Volatile.Read(ref _isClientGone);

    /// <summary>The request was taken back from a slot before Python saw it, and is queued again, first of all.
    /// </summary>
    /// <returns>False when it was sent often enough.</returns>
    public bool TryResend()
    {
        if (!MayResend)
        {
            return false;
        }

        _resends++;
        _slot = null;
        Body?.Rewind();
        _services.Pool.Submit(this, isFirst: true);
        return true;
    }

    public bool MayResend => _resends < MostResends;

    /// <summary>Ends the HTTP side: gives back body and context, and lets the web server finish. Once only; later
    /// calls do nothing.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _wantsCompletion = true;
            if (_isCompleted || _holds > 0)
            {
                return;
            }

            _isCompleted = true;
            _status = _services.Metrics is null ? 0 : Context.Response.StatusCode;
        }

        if (_services.Options.IsAccessLogged)
        {
            TellAccessLog();
        }

        if (_services.Metrics is { } metrics)
        {
            Measure(metrics);
        }

        // Not Dispose: it would wait for a callback that may be waiting for this thread.
        _abortRegistration.Unregister();
        Body?.Dispose();
        _services.InFlight.Leave();
        _completion.SetResult();
    }

    private void TellAccessLog()
    {
        if (Context.Features.Get<AccessRecord>() is { } record)
        {
            record.RequestId = RequestId;
            record.QueueTime = _queued == 0
                ? null
                : _services.Time.GetElapsedTime(_queued, _taken == 0 ? _services.Time.GetTimestamp() : _taken);
            record.IsCutOff = _relay.IsCutOff;
            // A reset by us is reported as the client's going, too.
            record.IsClientGone = _isClientGone && !_relay.IsCutOff;
            if (_relay.BytesSent > 0)
            {
                record.BodyBytes = _relay.BytesSent;
            }
        }
    }

    /// <summary>Fails it, and completes it when nothing is pending.</summary>
    /// <param name="status">What to answer; when the response has begun the connection is reset instead.</param>
    /// <param name="retryAfter">Seconds after which the client may try again, or 0 to say nothing about it.</param>
    public void Fail(int status, int retryAfter = 0)
    {
        RememberLine();
        if (_relay.Fail(Error(status, retryAfter)))
        {
            Complete();
        }
    }

    /// <summary>The server's own answer to it.</summary>
    public ErrorResponse Error(int status, int retryAfter = 0) =>
        new(status, _services.Options.ServerHeader, retryAfter);

    public void OnClientGone()
    {
        lock (_gate)
        {
            if (_isClientGone || _isCompleted)
            {
                return;
            }

            _isClientGone = true;
        }

        RememberLine();
        _services.Pool.TryWithdraw(this);
        _slot?.OnClientGone(this);
        if (_relay.Detach())
        {
            Complete();
        }
    }

    public void OnRelayIdle() => Complete();

    public void ResumeReading() => _slot?.ResumeReading();

    // The slot may go on when the context is somebody else's, and then have to say what it runs.
    private void RememberLine() => _ = _slot is null ? null : Line;

    private static string LineOf(HttpRequest request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return target.Length <= LongestTarget
            ? $"{request.Method} {target}"
            : $"{request.Method} {target.AsSpan(0, LongestTarget)}…";
    }
}
