using System.Globalization;
using Addergate.Wire.Frames;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>
/// One JSON object a line. Time is RFC 3339 in UTC, duration and time in the queue are seconds (null when it did not
/// come so far), and <c>cut_off</c> is there, and true, only when the server reset the connection because the response could not be finished.
/// </summary>
internal sealed class JsonLineFormat : IAccessLineFormat
{
    public void Write(FrameBuffer line, AccessRecord record)
    {
        line.WriteBytes("{\"time\":\""u8);
        Span<byte> time = stackalloc byte[32];
        _ = record.Start.UtcDateTime.TryFormat(
            time, out var length, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        line.WriteBytes(time[..length]);
        line.WriteBytes("\",\"request_id\":\""u8);
        LineText.WriteJson(line, record.RequestId);
        line.WriteBytes("\",\"remote_addr\":\""u8);
        LineText.WriteAddress(line, record.RemoteAddress);
        line.WriteBytes("\",\"method\":\""u8);
        LineText.WriteJson(line, record.Method);
        line.WriteBytes("\",\"target\":\""u8);
        LineText.WriteJson(line, record.Target);
        line.WriteBytes("\",\"protocol\":\""u8);
        LineText.WriteJson(line, record.Protocol);
        line.WriteBytes("\",\"host\":\""u8);
        LineText.WriteJson(line, record.Host.Length <= 256 ? record.Host : record.Host[..256]);
        line.WriteBytes("\",\"status\":"u8);
        LineText.WriteNumber(line, record.Status);
        line.WriteBytes(",\"bytes\":"u8);
        LineText.WriteNumber(line, Math.Max(0, record.BodyBytes));
        line.WriteBytes(",\"duration\":"u8);
        WriteSeconds(line, record.Duration);
        line.WriteBytes(",\"queue_time\":"u8);
        if (record.QueueTime is { } queued)
        {
            WriteSeconds(line, queued);
        }
        else
        {
            line.WriteBytes("null"u8);
        }

        line.WriteBytes(",\"referer\":\""u8);
        LineText.WriteJson(line, record.Referer);
        line.WriteBytes("\",\"user_agent\":\""u8);
        LineText.WriteJson(line, record.UserAgent);
        line.WriteBytes(record.IsCutOff ? "\",\"cut_off\":true}\n"u8 : "\"}\n"u8);
    }

    private static void WriteSeconds(FrameBuffer line, TimeSpan duration)
    {
        Span<byte> text = stackalloc byte[40];
        _ = duration.TotalSeconds.TryFormat(text, out var length, "0.000000", CultureInfo.InvariantCulture);
        line.WriteBytes(text[..length]);
    }
}
