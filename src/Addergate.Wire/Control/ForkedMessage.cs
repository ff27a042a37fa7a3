using Addergate.Wire.Frames;

namespace Addergate.Wire.Control;

/// <summary>FORKED, the first word of a worker that was forked from a template: who it is.</summary>
/// <param name="ProcessId">Its pid, not to be believed without a look at whose child that is.</param>
public sealed record ForkedMessage(int ProcessId) : ControlMessage(ControlKind.Forked)
{
    private protected override void WritePayload(FrameBuffer buffer) => buffer.WriteUInt32((uint)ProcessId);

    internal static ForkedMessage? Read(ref SpanReader reader) =>
        reader.TryTakeUInt32(out var process) ? new ForkedMessage((int)process) : null;
}
