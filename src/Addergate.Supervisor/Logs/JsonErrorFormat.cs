using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Addergate.Supervisor.Logs;

/// <summary>One JSON object a line: <c>time</c> (UTC), <c>level</c> (or stream), <c>source</c>, <c>pid</c>, and
/// <c>request_id</c> (each null when there is none), <c>message</c>.</summary>
internal sealed class JsonErrorFormat : IErrorLineFormat
{
    public byte[] Write(DateTimeOffset time, string word, string source, string requestId, string text)
    {
        var bytes = new ArrayBufferWriter<byte>(text.Length + 256);
        using (var json = new Utf8JsonWriter(bytes))
        {
            var (name, process) = RecordOrigin.Split(source);
            json.WriteStartObject();
            json.WriteString(
                "time", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", word);
            json.WriteString("source", name);
            if (process is { } id)
            {
                json.WriteNumber("pid", id);
            }
            else
            {
                json.WriteNull("pid");
            }

            json.WriteString("request_id", requestId.Length > 0 ? requestId : null);
            json.WriteString("message", text.TrimEnd('\n'));
            json.WriteEndObject();
        }

        bytes.Write("\n"u8);
        return bytes.WrittenSpan.ToArray();
    }
}
