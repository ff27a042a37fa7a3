using Addergate.Python;
using Addergate.Wire.Control;

namespace Addergate.Worker.Watch;

/// <summary>DESCRIBE: a request runs for long. On the control thread with the GIL held.</summary>
internal static class SlowRequest
{
    /// <summary>Logs what the request's thread does. One that has ended in the meantime was not that slow.</summary>
    internal static void Handle(WorkerContext context, RequestMessage message)
    {
        if (message.Slot >= context.Slots.Length || !context.Slots[message.Slot].Exchange.IsRunning(message))
        {
            return;
        }

        using var thread = CPython.PyLong_FromUnsignedLongLong(context.Slots[message.Slot].Exchange.Window.Thread);
        using var identity = CPython.PyUnicode_FromString(message.RequestId);
        using var line = CPython.PyUnicode_FromString(message.Line);
        using var logged = CPython.Call(context.LogSlow, thread, identity, line);
        CPython.PyErr_Clear();
    }
}
