using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>A number, address or time: short, and nothing that a client words.</summary>
internal sealed class ShortField(Action<FrameBuffer, AccessRecord> write) : PatternField
{
    public override void Write(FrameBuffer line, AccessRecord record, ref int room) => write(line, record);
}
