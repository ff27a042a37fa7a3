using Addergate.Wire.Frames;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>Text that must be taken while the request is there.</summary>
/// <param name="source">Where from.</param>
/// <param name="place">In <see cref="AccessRecord.Captured"/>.</param>
/// <param name="plain">What need not be escaped.</param>
internal sealed class CapturedField(Func<IFeatureCollection, string?> source, int place, FieldCharacters plain)
    : PatternField
{
    public Func<IFeatureCollection, string?> Source => source;

    public override void Write(FrameBuffer line, AccessRecord record, ref int room) =>
        WriteText(line, place < record.Captured.Length ? record.Captured[place] : null, plain, ref room);
}
