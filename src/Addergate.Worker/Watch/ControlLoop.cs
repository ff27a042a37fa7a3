using System.Buffers;
using System.Diagnostics;
using Addergate.Posix.Files;
using Addergate.Posix.Processes;
using Addergate.Posix.Sockets;
using Addergate.Python.Gil;
using Addergate.Wire.Control;
using Addergate.Wire.Frames;
using Addergate.Wire.Logs;
using Addergate.Worker.Logs;
using Addergate.Worker.Slots;

namespace Addergate.Worker.Watch;

/// <summary>
/// The conversation with the supervisor, on a thread of its own that Python created. It takes the GIL to answer PING,
/// which so proves that Python code can run, and for INTERRUPT; STOP and the supervisor's end need none, so they work
/// while application code holds on to it.
/// </summary>
internal static unsafe class ControlLoop
{
    // Beyond the time in which faulthandler, armed by the main thread, dumps all stacks and exits: this is for a GIL
    // that the main thread cannot get.
    private static readonly TimeSpan Backstop = TimeSpan.FromSeconds(0.5);

    private static string _stopReason = "shutdown_signal";
    private static long _stopped;

    /// <summary>Why the worker ends, as STOP said it; without STOP it was a signal.</summary>
    internal static string StopReason => Volatile.Read(ref _stopReason);

    /// <summary>Called with the GIL held; returns only by ending the process.</summary>
    internal static void Run(WorkerContext context)
    {
        using var released = GilReleased.Begin();
        var buffer = new byte[4096];
        var filled = 0;
        while (true)
        {
            if (_stopped != 0)
            {
                EndInTime(context);
            }

            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 4);
            }

            int count;
            fixed (byte* start = buffer)
            {
                count = StreamReceive.Receive(
                    WorkerContext.ControlSocket, start + filled, buffer.Length - filled);
            }

            if (count <= 0)
            {
                ImmediateExit.Exit(1); // The supervisor died: nobody would ever end this process.
            }

            filled += count;
            while (ControlMessage.TryRead(buffer.AsSpan(0, filled), out var message, out var consumed) is var status
                && status != OperationStatus.NeedMoreData)
            {
                if (status == OperationStatus.InvalidData)
                {
                    WorkerLog.Write(
                        context, LogLevelCode.Critical, "", "The supervisor sent what is no message; the worker ends.");
                    ImmediateExit.Exit(1);
                }

                buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
                filled -= consumed;
                Handle(context, released, message!);
            }
        }
    }

    private static void Handle(WorkerContext context, in GilReleased released, ControlMessage message)
    {
        switch (message)
        {
            case SignalMessage { Kind: ControlKind.Ping }:
                using (released.Take())
                {
                }

                Answer();
                break;
            case RequestMessage { Kind: ControlKind.Interrupt } interrupt:
                using (released.Take())
                {
                    RequestInterrupt.Handle(context, interrupt);
                }

                break;
            case RequestMessage { Kind: ControlKind.Describe } slow:
                using (released.Take())
                {
                    SlowRequest.Handle(context, slow);
                }

                break;
            case TextMessage { Kind: ControlKind.Status } status:
                StatusQuestion.Take(status.Text);
                break;
            case TextMessage { Kind: ControlKind.Stop } stop when _stopped == 0:
                _stopped = Stopwatch.GetTimestamp();
                Volatile.Write(ref _stopReason, stop.Text);
                SlotSet.StopAll(context);
                RawDescriptor.WriteByte(context.WakePipe, 0);
                break;
        }
    }

    /// <summary>Waits for the supervisor's next word while the process ends, and cuts that short when it takes too
    /// long.</summary>
    private static void EndInTime(WorkerContext context)
    {
        PollEntry entry = new(WorkerContext.ControlSocket);
        while (true)
        {
            var left = context.ShutdownTimeout + Backstop - Stopwatch.GetElapsedTime(_stopped);
            if (left <= TimeSpan.Zero)
            {
                WorkerLog.Write(
                    context, LogLevelCode.Error, "", "The worker did not end in time after STOP and was cut short.");
                ImmediateExit.Exit(1);
            }

            if (Poll.Wait(new Span<PollEntry>(ref entry), (int)left.TotalMilliseconds + 1) > 0)
            {
                return;
            }
        }
    }

    private static void Answer()
    {
        var answer = new FrameBuffer(64);
        new SignalMessage(ControlKind.Pong).WriteTo(answer);
        fixed (byte* start = answer.WrittenSpan)
        {
            StreamSend.SendAll(WorkerContext.ControlSocket, start, answer.Length);
        }
    }
}
