using System.Globalization;
using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>
/// Apache's <c>common</c> (<c>%h %l %u %t "%r" %>s %b</c>) and <c>combined</c>, which adds Referer and User-Agent. Times
/// are UTC.
/// </summary>
internal sealed class ApacheLineFormat(bool isCombined) : IAccessLineFormat
{
    private readonly byte[] _time = new byte[28];
    private long _second = -1;

    public void Write(FrameBuffer line, AccessRecord record)
    {
        LineText.WriteAddress(line, record.RemoteAddress);
        line.WriteBytes(" - - "u8);
        WriteTime(line, record.Start);
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

    // Thousands of lines share a second.
    private void WriteTime(FrameBuffer line, DateTimeOffset time)
    {
        var second = time.ToUnixTimeSeconds();
        if (second != _second)
        {
            _second = second;
            _ = time.UtcDateTime.TryFormat(
                _time, out _, "'['dd/MMM/yyyy:HH:mm:ss '+0000]'", CultureInfo.InvariantCulture);
        }

        line.WriteBytes(_time);
    }
}
