using System.Text;
using System.Text.Json;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Values;

namespace Addergate.Settings.Configuration;

/// <summary>Reads <c>addergate.json</c>, for machines without a Python that reads TOML.</summary>
public static class JsonSource
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ConfigurationContent Read(ConfigurationFile file)
    {
        var content = file.Content.AsSpan();
        if (content.StartsWith("\uFEFF"u8))
        {
            content = content[3..];
        }

        try
        {
            // The reader looks at the text of strings only when they are asked for, and then without their line.
            Strict.GetCharCount(content);
            var reader = new Reader(content);
            return FileSource.Read(reader.ReadAll(), file);
        }
        catch (DecoderFallbackException wrong)
        {
            var line = content[..wrong.Index].Count((byte)'\n') + 1;
            return ConfigurationContent.Wrong(new Mistake($"{file.At(line)}: it is not written in UTF-8"));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            var line = wrong is JsonException { LineNumber: { } number } ? (int)number + 1 : 0;
            return ConfigurationContent.Wrong(new Mistake($"{file.At(line)}: {Sentence(wrong)}"));
        }
    }

    /// <summary>Without what the exception adds about the place.</summary>
    private static string Sentence(Exception wrong) => wrong.Message.Split(" LineNumber:")[0].TrimEnd('.', ' ');

    private ref struct Reader
    {
        private readonly ReadOnlySpan<byte> _content;
        private Utf8JsonReader _json;
        private int _line = 1;
        private int _counted;

        internal Reader(ReadOnlySpan<byte> content)
        {
            _content = content;
            _json = new Utf8JsonReader(content, new JsonReaderOptions { MaxDepth = 64 });
        }

        internal FileValue ReadAll()
        {
            _json.Read();
            var value = ReadValue(Line());

            // Throws at anything that follows.
            _json.Read();
            return value;
        }

        private int Line()
        {
            var at = (int)_json.TokenStartIndex;
            _line += _content[_counted..at].Count((byte)'\n');
            _counted = at;
            return _line;
        }

        private FileValue ReadValue(int line)
        {
            switch (_json.TokenType)
            {
                case JsonTokenType.StartObject:
                    var members = new List<KeyValuePair<string, FileValue>>();
                    while (_json.Read() && _json.TokenType != JsonTokenType.EndObject)
                    {
                        var (name, at) = (_json.GetString()!, Line());
                        _json.Read();
                        members.Add(KeyValuePair.Create(name, ReadValue(at)));
                    }

                    return new FileValue { Type = FileTypes.Table, Line = line, Members = members };
                case JsonTokenType.StartArray:
                    var items = new List<FileValue>();
                    while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
                    {
                        items.Add(ReadValue(Line()));
                    }

                    return new FileValue { Type = FileTypes.List, Line = line, Items = items };
                case JsonTokenType.Number:
                    var number = Encoding.ASCII.GetString(_json.ValueSpan);
                    return Scalar(number.AsSpan().ContainsAny(".eE") ? FileTypes.Decimal : FileTypes.Integer, number);
                case JsonTokenType.True or JsonTokenType.False:
                    return Scalar(FileTypes.Boolean, _json.TokenType == JsonTokenType.True ? "true" : "false");
                case JsonTokenType.Null:
                    return Scalar(FileTypes.Text, "");
                default:
                    return Scalar(FileTypes.Text, _json.GetString()!);
            }

            FileValue Scalar(FileTypes type, string text) => new() { Type = type, Line = line, Text = text };
        }
    }
}
