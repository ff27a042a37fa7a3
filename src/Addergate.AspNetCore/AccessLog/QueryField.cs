using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.AccessLog;

/// <summary><c>%q</c>: the question mark and what follows it, or nothing.</summary>
internal sealed class QueryField(FieldCharacters plain) : PatternField
{
    public override void Write(FrameBuffer line, AccessRecord record, ref int room)
    {
        var query = record.Target.IndexOf('?', StringComparison.Ordinal);
        if (query >= 0)
        {
            WriteText(line, record.Target[query..], plain, ref room);
        }
    }
}
