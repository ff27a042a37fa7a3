using System.Text;
using Addergate.AspNetCore.Connections;
using Addergate.Settings.LogFormats;
using Addergate.Wire.Frames;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>A format in Apache's notation, made ready once.</summary>
internal sealed class PatternLineFormat : IAccessLineFormat
{
    // For numbers, addresses and times, with which no client can fill a line; the rest is for text.
    private const int LongestShort = 64;

    private readonly PatternField[] _fields;
    private readonly CapturedField[] _captured;
    private readonly int _roomForText;
    private readonly bool _countsTraffic;

    public PatternLineFormat(IReadOnlyList<LogFormatItem> items, ServerFacts facts)
    {
        var captured = new List<CapturedField>();
        _fields = new PatternField[items.Count];
        var isQuoted = false;
        var needed = 1;
        for (var index = 0; index < items.Count; index++)
        {
            var item = items[index];
            if (item.Text is { } text)
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                isQuoted ^= text.Count(static c => c == '"') % 2 == 1;
                needed += bytes.Length;
                _fields[index] = new LiteralField(bytes);
                continue;
            }

            needed += LongestShort;
            var plain = isQuoted ? LineText.Quoted : Bare(items, index);
            _fields[index] = CaptureSources.For(item, facts) is { } source
                ? Captured(source, plain)
                : RecordFields.For(item, facts, plain);
            if (item.Statuses.Count > 0)
            {
                _fields[index] = new ConditionalField(_fields[index], [.. item.Statuses], item.IsNegated);
            }
        }

        _captured = [.. captured];
        _countsTraffic = AccessFormat.CountsTraffic(items);
        _roomForText = IAccessLineFormat.MaxLine - needed;

        CapturedField Captured(Func<IFeatureCollection, string?> source, FieldCharacters plain)
        {
            captured.Add(new CapturedField(source, captured.Count, plain));
            return captured[^1];
        }
    }

    public void Write(FrameBuffer line, AccessRecord record)
    {
        var room = _roomForText;
        foreach (var field in _fields)
        {
            field.Write(line, record, ref room);
        }

        line.WriteByte((byte)'\n');
    }

    public void Capture(IFeatureCollection features, AccessRecord record)
    {
        if (_captured.Length > 0)
        {
            record.Captured = Array.ConvertAll(_captured, field => field.Source(features));
        }

        // None on HTTP/2, where the bytes of many requests share a connection and its compression.
        if (_countsTraffic && features.Get<TrafficMeter>() is { } meter)
        {
            CaptureTraffic(meter, record);
        }
    }

    private static void CaptureTraffic(TrafficMeter meter, AccessRecord record)
    {
        if (record.IsRefused)
        {
            record.BytesReceived = meter.Refuse();
        }
        else
        {
            (record.BytesReceived, record.BytesSent) = meter.EndRequest();
        }
    }

    // Outside of quotes a field ends with what stands between it and its neighbours in the format, so that its text may
    // not have that.
    private static FieldCharacters Bare(IReadOnlyList<LogFormatItem> items, int index)
    {
        var before = index > 0 && items[index - 1].Text is { } left ? left[^1] : ' ';
        var after = index + 1 < items.Count && items[index + 1].Text is { } right ? right[0] : ' ';
        return LineText.Bare(before, after);
    }
}
