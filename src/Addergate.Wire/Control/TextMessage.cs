using Addergate.Wire.Frames;

namespace Addergate.Wire.Control;

/// <summary>
/// START with the worker's plan as JSON, STOP with the recycling reason's name, STATUS with a snapshot as JSON, or FAILED with the reason for people
/// (may have many lines).
/// </summary>
public sealed record TextMessage(ControlKind Kind, string Text) : ControlMessage(Kind)
{
    private protected override void WritePayload(FrameBuffer buffer) => WriteString(buffer, Text);

    internal static TextMessage? Read(ControlKind kind, ref SpanReader reader) =>
        reader.TryTakeString(out var text) ? new TextMessage(kind, text) : null;
}
