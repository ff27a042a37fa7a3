using Addergate.Wire.Frames;

namespace Addergate.Wire.Control;

/// <summary>RETIRE, GONE, RETIRED, STUCK, WORN_OUT with a worker's number.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Number">The worker.</param>
public sealed record WorkerMessage(ControlKind Kind, uint Number) : ControlMessage(Kind)
{
    private protected override void WritePayload(FrameBuffer buffer) => buffer.WriteUInt32(Number);

    internal static WorkerMessage? Read(ControlKind kind, ref SpanReader reader) =>
        reader.TryTakeUInt32(out var number) ? new WorkerMessage(kind, number) : null;
}
