using System.Text.Json;
using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Queue;
using Addergate.Wire.Control;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Slots;

/// <summary>
/// How long the slot's request may take. Guarded by the gate.
/// <code>
///  sent ──1 s, not claimed──► taken back, sent elsewhere
///    │ claimed
///    ▼
///  runs ──RunLimit, without client waits──► client answered, OVERDUE ──interrupt timeout──► STUCK
/// </code>
/// </summary>
internal sealed partial class Slot
{
    private long _sentAt;
    private long _runLimit;
    private long _overdueAt;
    private bool _isSlow;
    private bool _isTaken;
    private bool _isAbandoned;

    // Time in which the worker waited for its client, and whether it does: it may for two reasons at once, a body and a
    // full response buffer.
    private long _waited;
    private long _waitingSince;
    private int _waits;

    private enum Verdict
    {
        None,
        NotClaimed,
        NeverStarted,
        Slow,
        Overdue,
        Stuck,
    }

    /// <summary>Whether the worker waits for its client.</summary>
    public bool IsWaitingForClient
    {
        get
        {
            lock (_gate)
            {
                return _waits > 0;
            }
        }
    }

    /// <summary>Does what is due.</summary>
    /// <returns>When to look again.</returns>
    public long Check(long now)
    {
        Exchange? exchange;
        ulong number;
        Verdict verdict;
        long dueAt;
        lock (_gate)
        {
            exchange = _exchange;
            if (exchange is null)
            {
                return RequestWatch.Never;
            }

            number = _number;
            verdict = Judge(exchange, now);
            dueAt = verdict is Verdict.None or Verdict.Slow ? DueAt(exchange)
                : verdict is Verdict.Overdue ? now + _services.Limits.Interrupt
                : RequestWatch.Never;
        }

        Carry(verdict, exchange, number);
        return dueAt;
    }

    private void BeginTiming(Exchange exchange)
    {
        _sentAt = _services.Watch.Now;
        _runLimit = exchange.RunLimit;
        _overdueAt = 0;
        _isSlow = false;
        _isTaken = false;
        _isAbandoned = false;
        _waited = 0;
        _waits = 0;
    }

    /// <summary>The worker waits for its client.</summary>
    /// <param name="number">The request. Another may be under way when this is told.</param>
    private void BeginClientWait(ulong number)
    {
        var now = _services.Watch.Now;
        lock (_gate)
        {
            if (_number == number && ++_waits == 1)
            {
                _waitingSince = now;
            }
        }
    }

    private void EndClientWait(ulong number)
    {
        var now = _services.Watch.Now;
        var dueAt = RequestWatch.Never;
        lock (_gate)
        {
            // Below zero when the end is told before the beginning.
            if (_number == number && --_waits == 0)
            {
                _waited += now - _waitingSince;
                dueAt = Math.Min(RunsUntil, SlowAt);
            }
        }

        _services.Watch.Wake(dueAt);
    }

    private long RunsUntil =>
        _waits > 0 || _runLimit == 0 ? RequestWatch.Never : _sentAt + _waited + _runLimit;

    private long SlowAt => _isSlow || _waits > 0 || _services.Limits.Slow == 0
        ? RequestWatch.Never
        : _sentAt + _waited + _services.Limits.Slow;

    /// <summary>For how long it has had its request, in seconds; null while it has none. Any thread.</summary>
    public double? TakenFor
    {
        get
        {
            lock (_gate)
            {
                return _exchange is null ? null : RunningFor.TotalSeconds;
            }
        }
    }

    /// <summary>What it does, for <see cref="Status.ThreadFacts"/>. Any thread.</summary>
    public void Describe(Utf8JsonWriter json, bool tellsRequest)
    {
        Exchange? exchange;
        ulong count;
        double last;
        lock (_gate)
        {
            (exchange, count, last) = (_exchange, _number, RunningFor.TotalSeconds);
        }

        json.WriteStartObject();
        json.WriteNumber("thread", Index);
        json.WriteNumber("count", count);
        json.WriteBoolean("busy", exchange is not null);
        if (count > 0)
        {
            json.WriteNumber("started", Math.Round(_services.Now() - last, 6));
        }

        if (tellsRequest && exchange?.Overview() is var (client, line, host))
        {
            json.WriteString("client", client);
            json.WriteString("request", line);
            json.WriteString("vhost", host);
        }

        json.WriteEndObject();
    }

    /// <summary>Since the slot's last request was sent.</summary>
    private TimeSpan RunningFor => _services.Watch.SpanSince(_sentAt);

    private bool IsSeen => _isTaken || _phase is not SlotPhase.Sent || _claim.IsClaimed(_number);

    private long DueAt(Exchange exchange) => _isAbandoned
        ? RequestWatch.Never
        : _overdueAt != 0
        ? _overdueAt + _services.Limits.Interrupt
        : Math.Min(SlowAt, !IsSeen && exchange.MayResend
            ? Math.Min(_sentAt + _services.Limits.Claim, RunsUntil)
            : RunsUntil);

    private Verdict Judge(Exchange exchange, long now)
    {
        if (_overdueAt != 0)
        {
            _isAbandoned |= now - _overdueAt >= _services.Limits.Interrupt;
            return _isAbandoned && Worker.TrySetStuck() ? Verdict.Stuck : Verdict.None;
        }

        if (now >= RunsUntil)
        {
            if (!IsSeen && TryTakeBack())
            {
                return Verdict.NeverStarted;
            }

            _overdueAt = now;
            return Verdict.Overdue;
        }

        if (!IsSeen && exchange.MayResend && now - _sentAt >= _services.Limits.Claim && TryTakeBack())
        {
            return Verdict.NotClaimed;
        }

        if (now < SlowAt)
        {
            return Verdict.None;
        }

        // What Python has not seen yet does nothing that could be told.
        _isSlow = true;
        return IsSeen ? Verdict.Slow : Verdict.None;
    }

    private bool TryTakeBack()
    {
        if (!_claim.TryCancel(_number))
        {
            // Claimed just now, or its claim word says nonsense: taken, then.
            _isTaken = true;
            return false;
        }

        LetGo(SlotPhase.Cancelled);
        Worker.CountReturned();
        _isSuspect = true;
        _services.Pool.Suspect(this);
        return true;
    }

    private void Carry(Verdict verdict, Exchange exchange, ulong number)
    {
        var (worker, pid) = (Worker.Admission.Worker, Worker.Admission.ProcessId);
        switch (verdict)
        {
            case Verdict.NotClaimed:
                DispatchLog.NotClaimed(
                    _services.Logger, worker, pid, exchange.RequestId, TimeLimits.Patience.TotalSeconds);
                _ = exchange.TryResend();
                break;

            case Verdict.NeverStarted:
                DispatchLog.NeverStarted(_services.Logger, worker, pid, exchange.RequestId);
                _services.Pool.CountRunTimeout();
                exchange.Fail(StatusCodes.Status504GatewayTimeout);
                break;

            case Verdict.Slow:
                exchange.BeginSlow(this);
                _services.Supervisor.Tell(new RequestMessage(
                    ControlKind.Slow, worker, (ushort)Index, number, exchange.RequestId, exchange.Line));
                break;

            case Verdict.Overdue:
                _services.Pool.CountRunTimeout();
                exchange.Fail(StatusCodes.Status504GatewayTimeout);
                _services.Supervisor.Tell(new RequestMessage(
                    ControlKind.Overdue, worker, (ushort)Index, number, exchange.RequestId, exchange.Line));
                break;

            case Verdict.Stuck:
                DispatchLog.Stuck(_services.Logger, worker, pid, exchange.RequestId);
                _services.Supervisor.Tell(new WorkerMessage(ControlKind.Stuck, worker));
                break;
        }
    }
}
