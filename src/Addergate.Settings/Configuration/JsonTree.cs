using System.Text;
using System.Text.Json;
using Addergate.Settings.Values;

namespace Addergate.Settings.Configuration;

/// <summary>Reads JSON into values that have their lines. By hand, because System.Text.Json's documents have none, and
/// most of what they are made of is compiled at every start.</summary>
internal ref struct JsonTree
{
    private readonly ReadOnlySpan<byte> _content;
    private Utf8JsonReader _json;
    private int _line = 1;
    private int _counted;

    private JsonTree(ReadOnlySpan<byte> content, int mostDepth)
    {
        _content = content;
        _json = new Utf8JsonReader(content, new JsonReaderOptions { MaxDepth = mostDepth });
    }

    /// <exception cref="JsonException">It is not JSON, or nested more deeply than allowed.</exception>
    /// <exception cref="InvalidOperationException">A text is not Unicode.</exception>
    internal static FileValue Read(ReadOnlySpan<byte> content, int mostDepth = 64)
    {
        var tree = new JsonTree(content, mostDepth);
        tree._json.Read();
        var value = tree.ReadValue(tree.Line());

        // Throws at anything that follows.
        tree._json.Read();
        return value;
    }

    private int Line()
    {
        var at = (int)_json.TokenStartIndex;
        for (; _counted < at; _counted++)
        {
            _line += _content[_counted] == '\n' ? 1 : 0;
        }

        return _line;
    }

    private FileValue ReadValue(int line)
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<FileMember>();
                while (_json.Read() && _json.TokenType != JsonTokenType.EndObject)
                {
                    var (name, at) = (_json.GetString()!, Line());
                    _json.Read();
                    members.Add(new FileMember(name, ReadValue(at)));
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
                return Scalar(
                    number.Contains('.') || number.Contains('e') || number.Contains('E') ? FileTypes.Decimal : FileTypes.Integer,
                    number);
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
