using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>A field that is a dash but for some statuses.</summary>
internal sealed class ConditionalField(PatternField field, int[] statuses, bool isNegated) : PatternField
{
    public override void Write(FrameBuffer line, AccessRecord record, ref int room)
    {
        if (statuses.Contains(record.Status) != isNegated)
        {
            field.Write(line, record, ref room);
        }
        else
        {
            line.WriteByte((byte)'-');
        }
    }
}
