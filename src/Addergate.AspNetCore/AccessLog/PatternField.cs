using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>One piece of a <see cref="PatternLineFormat"/>.</summary>
internal abstract class PatternField
{
    /// <param name="line">Appended to.</param>
    /// <param name="record">The request.</param>
    /// <param name="room">Bytes that are left for text of any length; what was written of it is taken off.</param>
    public abstract void Write(FrameBuffer line, AccessRecord record, ref int room);

    /// <summary>Text that may be long or hostile; a dash when there is none.</summary>
    protected static void WriteText(FrameBuffer line, string? text, FieldCharacters plain, ref int room)
    {
        if (string.IsNullOrEmpty(text))
        {
            line.WriteByte((byte)'-');
            return;
        }

        var before = line.Length;
        LineText.WriteApache(line, text, plain, Math.Min(room, LineText.MaxField));
        room -= line.Length - before;
    }
}
