using Addergate.Posix.Files;

namespace Addergate.Worker.Slots;

/// <summary>All slots of the worker together.</summary>
internal static class SlotSet
{
    private static int _isStopping;

    /// <summary>Whether the slots are to end.</summary>
    internal static bool IsStopping => Volatile.Read(ref _isStopping) != 0;

    /// <summary>Ends each slot as soon as it is idle; requests that run are finished. Any thread, no GIL needed, and
    /// harmless when repeated.</summary>
    internal static void StopAll(WorkerContext context)
    {
        if (Interlocked.Exchange(ref _isStopping, 1) != 0)
        {
            return;
        }

        RawDescriptor.WriteByte(context.StopPipeWrite, 1);
        foreach (var slot in context.Slots)
        {
            slot.Connection.Wake();
        }
    }
}
