using Addergate.Wire.Frames;

namespace Addergate.Wire.Control;

/// <summary>ASK_THREADS: what do the request threads do?</summary>
/// <param name="ProcessId">The process that asks.</param>
/// <param name="Application">The place in the settings of the application whose requests it may know of.</param>
public sealed record AskThreadsMessage(uint ProcessId, ushort Application) : ControlMessage(ControlKind.AskThreads)
{
    private protected override void WritePayload(FrameBuffer buffer)
    {
        buffer.WriteUInt32(ProcessId);
        buffer.WriteUInt16(Application);
    }

    internal static AskThreadsMessage? Read(ref SpanReader reader) =>
        reader.TryTakeUInt32(out var process)
        && reader.TryTakeUInt16(out var application) && application < WireLimits.MaxApplications
            ? new AskThreadsMessage(process, application)
            : null;
}
