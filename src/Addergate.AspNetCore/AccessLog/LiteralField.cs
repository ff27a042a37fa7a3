using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>Text of the format itself.</summary>
internal sealed class LiteralField(byte[] text) : PatternField
{
    public override void Write(FrameBuffer line, AccessRecord record, ref int room) => line.WriteBytes(text);
}
