using System.Buffers;
using System.Buffers.Binary;
using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Responses;
using Addergate.Wire;
using Addergate.Wire.Frames;
using Addergate.Wire.Requests;
using Addergate.Wire.Responses;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Slots;

/// <summary>What a worker says on its slot, frame by frame; run by the slot's reader, one thread at a time.</summary>
internal sealed partial class Slot
{
    private readonly ResponseHeadApplier _applier;
    private Exchange? _finished;
    private int _payloadLeft;
    private bool _isInPayload;
    private bool _isLastFrame;
    private bool _isHeadSeen;
    private volatile bool _isReadPending;

    private enum Step
    {
        Next,
        NeedMore,
        Violation,
    }

    /// <summary>The exchange whose response ended in the last batch and is to be completed by the caller.</summary>
    public Exchange? TakeFinished()
    {
        var finished = _finished;
        _finished = null;
        return finished;
    }

    /// <summary>Takes what has arrived.</summary>
    public BatchEnd OnReceived(ReceiveBuffer input)
    {
        Step step;
        var violation = "";
        do
        {
            step = _isInPayload ? TakePayload(input, ref violation) : TakeFrame(input, ref violation);
        }
        while (step is Step.Next);

        if (step is Step.Violation)
        {
            Close(SlotFailure.Garbage, violation);
            return BatchEnd.Closed;
        }

        // Read without the gate: only this thread takes a request that has been answered off its slot.
        var exchange = _isHeadSeen ? _exchange : null;
        var number = _number;
        switch (exchange?.Relay.EndBatch())
        {
            case RelayProgress.Pause:
                // Another thread may read on already; this one may only count.
                BeginClientWait(number);
                return BatchEnd.Paused;
            case RelayProgress.ClientGone:
                exchange.OnClientGone();
                break;
        }

        return BatchEnd.Receive;
    }

    private Step TakeFrame(ReceiveBuffer input, ref string violation)
    {
        switch (FrameHeader.TryRead(input.Available, out var header))
        {
            case OperationStatus.NeedMoreData:
                return Step.NeedMore;
            case OperationStatus.InvalidData:
                violation = "a malformed frame header";
                return Step.Violation;
        }

        if (header.Kind is FrameKind.Dropped)
        {
            input.Consume(WireLimits.HeaderSize);
            return TakeDropped(ref violation);
        }

        var exchange = TakeAnswered();
        switch (header.Kind)
        {
            case FrameKind.Response when exchange is not null && !_isHeadSeen && !_isReadPending:
                return TakeHead(exchange, header, input, ref violation);

            case FrameKind.Data when exchange is not null && _isHeadSeen && !_isReadPending:
                input.Consume(WireLimits.HeaderSize);
                BeginPayload(header, header.Length);
                return Step.Next;

            case FrameKind.Read when exchange is not null && !_isReadPending:
                return TakeRead(exchange, header, input, ref violation);

            case FrameKind.Abort when exchange is not null && !_isReadPending:
                input.Consume(WireLimits.HeaderSize);
                var error = exchange.Error(header.Flags.HasFlag(FrameFlags.TimedOut)
                    ? StatusCodes.Status504GatewayTimeout
                    : StatusCodes.Status500InternalServerError);
                return Finish(exchange, exchange.Relay.Fail(error), input, ref violation);

            default:
                violation = $"{header.Kind} has no place here";
                return Step.Violation;
        }
    }

    private Step TakeHead(Exchange exchange, FrameHeader header, ReceiveBuffer input, ref string violation)
    {
        var payload = input.Available[WireLimits.HeaderSize..];
        var status = ResponseHeadReader.TryBegin(payload, header.Length, out var head);
        if (status is OperationStatus.NeedMoreData)
        {
            return Step.NeedMore;
        }

        if (status is OperationStatus.InvalidData)
        {
            violation = "a malformed response head";
            return Step.Violation;
        }

        var bodyLength = header.Length - head.Size;
        var isWhole = header.Flags.HasFlag(FrameFlags.End);
        try
        {
            if (!exchange.Relay.Begin(_applier, ref head, isWhole ? bodyLength : -1))
            {
                violation = "a malformed response head";
                return Step.Violation;
            }
        }
        catch (Exception failure)
        {
            // The web server refuses a header. The framing is sound: the rest is read and discarded.
            DispatchLog.BadResponse(_services.Logger, exchange.RequestId, Worker.Admission.Worker, failure.Message);
            exchange.Fail(StatusCodes.Status502BadGateway);
        }

        _isHeadSeen = true;
        input.Consume(WireLimits.HeaderSize + head.Size);
        BeginPayload(header, bodyLength);
        return Step.Next;
    }

    private void BeginPayload(FrameHeader header, int length)
    {
        _isInPayload = true;
        _isLastFrame = header.Flags.HasFlag(FrameFlags.End);
        _payloadLeft = length;
    }

    private Step TakePayload(ReceiveBuffer input, ref string violation)
    {
        var exchange = _exchange;
        if (exchange is null)
        {
            violation = "the slot was closed";
            return Step.Violation;
        }

        var bytes = input.Available;
        bytes = bytes[..Math.Min(bytes.Length, _payloadLeft)];
        exchange.Relay.Write(bytes);
        _payloadLeft -= bytes.Length;
        input.Consume(bytes.Length);
        if (_payloadLeft > 0)
        {
            return Step.NeedMore;
        }

        _isInPayload = false;
        return _isLastFrame ? Finish(exchange, exchange.Relay.End(), input, ref violation) : Step.Next;
    }

    private Step TakeRead(Exchange exchange, FrameHeader header, ReceiveBuffer input, ref string violation)
    {
        if (header.Length != sizeof(uint) || exchange.Body is not { Mode: RequestBodyMode.OnDemand })
        {
            violation = "a READ of a request whose body is not on demand";
            return Step.Violation;
        }

        if (input.Available.Length < WireLimits.HeaderSize + sizeof(uint))
        {
            return Step.NeedMore;
        }

        var most = BinaryPrimitives.ReadUInt32LittleEndian(input.Available[WireLimits.HeaderSize..]);
        if (most is 0 or > WireLimits.MaxReadSize)
        {
            violation = $"a READ of {most} bytes; the limit is {WireLimits.MaxReadSize}";
            return Step.Violation;
        }

        input.Consume(WireLimits.HeaderSize + sizeof(uint));
        _isReadPending = true;
        _ = AnswerReadAsync(exchange, (int)most);
        return Step.Next;
    }

    private Step TakeDropped(ref string violation)
    {
        bool wasSuspect;
        lock (_gate)
        {
            if (_phase is not SlotPhase.Cancelled)
            {
                violation = "DROPPED of a request that was not cancelled";
                return Step.Violation;
            }

            _phase = SlotPhase.Idle;
            wasSuspect = _isSuspect;
            _isSuspect = false;
        }

        if (wasSuspect)
        {
            _services.Pool.Reassure(this);
        }
        else
        {
            _services.Pool.Release(this);
        }

        return Step.Next;
    }

    /// <summary>The request that the worker speaks about, which is now certain to have been seen by Python; null when
    /// there is none.</summary>
    private Exchange? TakeAnswered()
    {
        lock (_gate)
        {
            if (_phase is SlotPhase.Sent)
            {
                _phase = SlotPhase.Answering;
            }

            return _phase is SlotPhase.Answering ? _exchange : null;
        }
    }

    private Step Finish(Exchange exchange, bool canComplete, ReceiveBuffer input, ref string violation)
    {
        _finished = canComplete ? exchange : null;
        _isHeadSeen = false;
        bool wasSlow;
        lock (_gate)
        {
            if (_phase is SlotPhase.Closed)
            {
                return Step.NeedMore;
            }

            wasSlow = _isSlow;
            LetGo(SlotPhase.Idle);
        }

        if (Worker.Tally is { } tally)
        {
            exchange.MarkAnswered();
            tally.AddBusy(RunningFor.TotalSeconds);
        }

        if (wasSlow)
        {
            DispatchLog.SlowEnded(_services.Logger, exchange.Line, RunningFor.TotalSeconds, exchange.RequestId);
            exchange.EndSlow(this, RunningFor.TotalSeconds);
        }

        if (!input.Available.IsEmpty)
        {
            violation = "bytes behind the end of a response";
            return Step.Violation;
        }

        _services.Pool.Release(this, hasServed: true, exchange.IsQuiet);
        return Step.NeedMore;
    }
}
