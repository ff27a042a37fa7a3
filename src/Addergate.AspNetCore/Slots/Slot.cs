using System.Net.Sockets;
using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Queue;
using Addergate.AspNetCore.Responses;
using Addergate.Posix.Memory;
using Addergate.Wire.Claims;
using Addergate.Wire.Control;
using Addergate.Wire.Frames;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Slots;

/// <summary>
/// One request thread of one worker, at this end: a unit of capacity. Whoever has it from the pool sends; then it is
/// its reader's until the terminal frame, which gives it back. The gate guards the phase and all use of the claim line.
/// </summary>
internal sealed partial class Slot
{
    private readonly Lock _gate = new();
    private readonly ExchangeServices _services;
    private readonly SharedMapping _page;
    private readonly ClaimLine _claim;
    private readonly SlotTransport _transport;
    private readonly FrameBuffer _out = new();
    private SlotPhase _phase;
    private Exchange? _exchange;
    private ulong _number;
    private bool _isSuspect;

    /// <param name="socket">Connected; HELLO was read and accepted. The slot's from now on.</param>
    /// <param name="index">The slot's index in its worker.</param>
    /// <param name="worker">The worker.</param>
    /// <param name="page">The worker's claim page; the slot holds a reference.</param>
    /// <param name="services">Shared.</param>
    public unsafe Slot(Socket socket, int index, WorkerState worker, SharedMapping page, ExchangeServices services)
    {
        _services = services;
        _page = page;
        var hasReference = false;
        page.DangerousAddRef(ref hasReference);
        _claim = new ClaimLine(page.Address, index);
        _applier = new ResponseHeadApplier(services.Options.ServerHeader, services.Departure, services.HeadRules);
        _transport = new SlotTransport(socket, this);
        Index = index;
        Worker = worker;
    }

    public int Index { get; }

    public WorkerState Worker { get; }

    /// <summary>Whether a request runs here that counts as activity. Any thread; a request that begins or ends in the same
    /// moment may be missed.</summary>
    public bool IsActive => Volatile.Read(ref _exchange) is { IsQuiet: false };

    public bool IsClosed => _phase is SlotPhase.Closed;

    /// <summary>Begins to listen to the worker.</summary>
    public void Start() => _transport.Run();

    /// <summary>Sends a request. The caller has the slot from the pool.</summary>
    public void Send(Exchange exchange)
    {
        _out.Clear();
        if (!exchange.TryWrite(this, _out, _number + 1, out var outside))
        {
            _services.Pool.Release(this);
            return;
        }

        bool isIdle;
        var dueAt = RequestWatch.Never;
        lock (_gate)
        {
            isIdle = _phase is SlotPhase.Idle;
            if (isIdle)
            {
                _number++;
                _claim.MarkSent(_number);
                _phase = SlotPhase.Sent;
                _exchange = exchange;
                BeginTiming(exchange);
                dueAt = Math.Min(_sentAt + _services.Limits.Claim, Math.Min(RunsUntil, SlowAt));
            }
        }

        if (!isIdle)
        {
            // Closed just now; that is no attempt.
            exchange.EndHold(outside);
            _services.Pool.Submit(exchange, isFirst: true);
            return;
        }

        if (Worker.CountGiven())
        {
            _services.Supervisor.Tell(new WorkerMessage(ControlKind.WornOut, Worker.Admission.Worker));
        }

        _services.Watch.Wake(dueAt);
        Transmit(exchange, outside);
        if (exchange.IsClientGone)
        {
            OnClientGone(exchange);
        }
    }

    /// <summary>Tells an idle slot's worker to let go of it.</summary>
    public void SayGoodbye()
    {
        lock (_gate)
        {
            if (_phase is not SlotPhase.Idle)
            {
                return;
            }

            _phase = SlotPhase.Goodbye;
        }

        _out.Clear();
        _out.WriteEmptyFrame(FrameKind.Goodbye);
        Transmit(null, []);
    }

    /// <summary>The worker's process has ended: what it has sent is still read, then the slot closes. A child that it
    /// forked may hold the other end, so waiting for the end of the stream might be for ever.</summary>
    public void EndInput() => _transport.Shutdown();

    /// <summary>The client of a request has gone. Before Python has seen the request it is taken back, afterwards the
    /// worker is told.</summary>
    public void OnClientGone(Exchange exchange)
    {
        lock (_gate)
        {
            if (_exchange != exchange)
            {
                return;
            }

            if (_phase is SlotPhase.Sent && _claim.TryCancel(_number))
            {
                LetGo(SlotPhase.Cancelled);
                Worker.CountReturned();
            }
            else if (_overdueAt == 0)
            {
                // An overdue request is interrupted, which must not look like a client's doing.
                _claim.MarkClientGone(_number);
            }
        }
    }

    /// <summary>The response's buffer has room again.</summary>
    public void ResumeReading()
    {
        EndClientWait(_number);
        _transport.Run();
    }

    /// <summary>Closes the connection and settles what becomes of its request: sent again when Python has not seen it,
    /// else failed. Any thread; once only.</summary>
    public void Close(SlotFailure failure, string? violation = null)
    {
        Exchange? exchange;
        bool isUnseen;
        lock (_gate)
        {
            if (_phase is SlotPhase.Closed)
            {
                return;
            }

            exchange = _exchange;
            isUnseen = _phase is SlotPhase.Sent && failure is SlotFailure.WorkerGone && _claim.TryCancel(_number);
            LetGo(SlotPhase.Closed);
            _page.DangerousRelease();
        }

        _transport.Close();
        _services.Pool.Remove(this, _isSuspect);
        LogClosed(exchange, isUnseen, violation);
        if (exchange is not null && _isSlow)
        {
            exchange.EndSlow(this, RunningFor.TotalSeconds, StatusCodes.Status502BadGateway);
        }

        if (exchange is not null && !(isUnseen && exchange.TryResend()))
        {
            exchange.Fail(StatusCodes.Status502BadGateway);
        }
    }

    /// <summary>The request is no longer this slot's. Under the gate.</summary>
    private void LetGo(SlotPhase phase)
    {
        _exchange = null;
        _phase = phase;
    }

    private void Transmit(Exchange? exchange, IReadOnlyList<ReadOnlyMemory<byte>> outside)
    {
        try
        {
            if (_transport.Send(_out.Written, outside) is { } rest)
            {
                _ = AwaitSendAsync(exchange, outside, rest);
                return;
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            exchange?.EndHold(outside);
            Close(SlotFailure.WorkerGone);
            return;
        }

        exchange?.EndHold(outside);
    }

    private async Task AwaitSendAsync(Exchange? exchange, IReadOnlyList<ReadOnlyMemory<byte>> outside, Task rest)
    {
        try
        {
            await rest.ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            Close(SlotFailure.WorkerGone);
        }

        exchange?.EndHold(outside);
    }

    private void LogClosed(Exchange? exchange, bool isUnseen, string? violation)
    {
        var (worker, pid) = (Worker.Admission.Worker, Worker.Admission.ProcessId);
        if (violation is not null)
        {
            DispatchLog.SlotViolation(_services.Logger, Index, worker, pid, violation);
        }
        else if (exchange is null)
        {
            DispatchLog.SlotClosed(_services.Logger, Index, worker, pid);
        }
        else if (isUnseen && exchange.MayResend)
        {
            DispatchLog.SentAgain(_services.Logger, worker, pid, exchange.RequestId);
        }
        else
        {
            DispatchLog.WorkerGone(
                _services.Logger, worker, pid, Index, exchange.Line, RunningFor.TotalSeconds, exchange.RequestId);
        }
    }
}
