using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>
/// Apache's <c>common</c> (<c>%h %l %u %t "%r" %>s %b</c>) and <c>combined</c>, which adds Referer and User-Agent. Times
/// are UTC.
/// </summary>
internal sealed class ApacheLineFormat(bool isCombined) : IAccessLineFormat
{
    private readonly TimeField _time = new();

    public void Write(FrameBuffer line, AccessRecord record)
    {
        LineText.WriteAddress(line, record.RemoteAddress);
        line.WriteBytes(" - - "u8);
        _time.Write(line, record.Start);
        line.WriteBytes(" \""u8);
        LineText.WriteApache(line, record.Method);
        line.WriteByte((byte)' ');
        LineText.WriteApache(line, record.Target);
        line.WriteByte((byte)' ');
        LineText.WriteApache(line, record.Protocol);
        line.WriteBytes("\" "u8);
        LineText.WriteNumber(line, record.Status);
        line.WriteByte((byte)' ');
        if (record.BodyBytes > 0)
        {
            LineText.WriteNumber(line, record.BodyBytes);
        }
        else
        {
            line.WriteByte((byte)'-');
        }

        if (isCombined)
        {
            WriteQuoted(line, record.Referer);
            WriteQuoted(line, record.UserAgent);
        }

        line.WriteByte((byte)'\n');
    }

    private static void WriteQuoted(FrameBuffer line, string text)
    {
        line.WriteBytes(" \""u8);
        LineText.WriteApache(line, text.Length == 0 ? "-" : text);
        line.WriteByte((byte)'"');
    }
}
