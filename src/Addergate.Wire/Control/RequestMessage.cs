using Addergate.Wire.Frames;

namespace Addergate.Wire.Control;

/// <summary>OVERDUE and INTERRUPT, SLOW and DESCRIBE: one request in one slot of a worker.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Worker">The worker.</param>
/// <param name="Slot">Its request thread.</param>
/// <param name="Number">The request's number, as in its REQUEST frame and its claim line: whoever acts on this compares
/// it first, so that it can never hit the request after.</param>
/// <param name="RequestId">The request's id in logs.</param>
/// <param name="Line">Method and target for people, as they came, cut to a sane length.</param>
public sealed record RequestMessage(
    ControlKind Kind, uint Worker, ushort Slot, ulong Number, string RequestId, string Line) : ControlMessage(Kind)
{
    private protected override void WritePayload(FrameBuffer buffer)
    {
        buffer.WriteUInt32(Worker);
        buffer.WriteUInt16(Slot);
        buffer.WriteUInt64(Number);
        WriteString(buffer, RequestId);
        WriteString(buffer, Line);
    }

    internal static RequestMessage? Read(ControlKind kind, ref SpanReader reader) =>
        reader.TryTakeUInt32(out var worker)
        && reader.TryTakeUInt16(out var slot)
        && reader.TryTakeUInt64(out var number)
        && reader.TryTakeString(out var id)
        && reader.TryTakeString(out var line)
            ? new RequestMessage(kind, worker, slot, number, id, line)
            : null;
}
