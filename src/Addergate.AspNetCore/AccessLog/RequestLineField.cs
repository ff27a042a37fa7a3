using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.AccessLog;

/// <summary><c>%r</c>: three words.</summary>
internal sealed class RequestLineField(FieldCharacters plain) : PatternField
{
    public override void Write(FrameBuffer line, AccessRecord record, ref int room)
    {
        WriteText(line, record.Method, plain, ref room);
        line.WriteByte((byte)' ');
        WriteText(line, record.Target, plain, ref room);
        line.WriteByte((byte)' ');
        WriteText(line, record.Protocol, plain, ref room);
    }
}
