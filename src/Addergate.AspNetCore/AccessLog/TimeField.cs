using System.Globalization;
using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>Apache's <c>%t</c>, in UTC. Thousands of lines share a second, and its text.</summary>
internal sealed class TimeField : PatternField
{
    private readonly byte[] _text = new byte[28];
    private long _second = -1;

    public void Write(FrameBuffer line, DateTimeOffset time)
    {
        var second = time.ToUnixTimeSeconds();
        if (second != _second)
        {
            _second = second;
            _ = time.UtcDateTime.TryFormat(
                _text, out _, "'['dd/MMM/yyyy:HH:mm:ss '+0000]'", CultureInfo.InvariantCulture);
        }

        line.WriteBytes(_text);
    }

    public override void Write(FrameBuffer line, AccessRecord record, ref int room) => Write(line, record.Start);
}
