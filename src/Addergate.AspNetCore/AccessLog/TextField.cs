using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>Text that every record has, or that is the same for all.</summary>
internal sealed class TextField(Func<AccessRecord, string?> text, FieldCharacters plain) : PatternField
{
    public override void Write(FrameBuffer line, AccessRecord record, ref int room) =>
        WriteText(line, text(record), plain, ref room);
}
