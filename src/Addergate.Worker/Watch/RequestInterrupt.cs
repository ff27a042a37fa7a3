using Addergate.Python;
using Addergate.Wire.Control;
using Addergate.Wire.Logs;
using Addergate.Worker.Logs;

namespace Addergate.Worker.Watch;

/// <summary>INTERRUPT: a request has run for longer than it may, and its client has been answered. On the control
/// thread with the GIL held.</summary>
internal static class RequestInterrupt
{
    /// <summary>Logs what the request's thread does and raises in it. A request that has ended in the meantime, or
    /// whose close() has begun, is left alone.</summary>
    internal static void Handle(WorkerContext context, RequestMessage message)
    {
        if (message.Slot >= context.Slots.Length || !context.Slots[message.Slot].Exchange.IsRunning(message))
        {
            Note(context, message, "It had ended before it could be interrupted.");
            return;
        }

        var window = context.Slots[message.Slot].Exchange.Window;
        using var thread = CPython.PyLong_FromUnsignedLongLong(window.Thread);
        using var identity = CPython.PyUnicode_FromString(message.RequestId);
        using var line = CPython.PyUnicode_FromString(message.Line);
        using var logged = CPython.Call(context.LogOverdue, thread, identity, line);
        if (logged.IsNull)
        {
            CPython.PyErr_Clear();
            WorkerLog.Write(
                context, LogLevelCode.Error, message.RequestId,
                $"{message.Line} has run for longer than --request-timeout; its stack could not be logged.");
        }

        // Python ran in between, so other threads did: the window has the last word.
        if (!window.TryRaise(message.Number, context))
        {
            Note(context, message, "It was not interrupted: the application had returned.");
        }
    }

    private static void Note(WorkerContext context, RequestMessage message, string text) =>
        WorkerLog.Write(context, LogLevelCode.Info, message.RequestId, $"{message.Line}: {text}");
}
