using System.Text.Json;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Values;

namespace Addergate.Settings.Configuration;

/// <summary>Reads what <c>python/addergate/_toml_reader.py</c> wrote about a file.</summary>
public static class TomlAnswer
{
    private const int MostDepth = 256;

    /// <param name="json">All that it wrote.</param>
    /// <param name="file">The file that it read.</param>
    public static ConfigurationContent Read(string json, ConfigurationFile file)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MostDepth });
            if (document.RootElement.TryGetProperty("mistake", out var mistake))
            {
                var place = file.At(mistake[0].GetInt32());
                return ConfigurationContent.Wrong(new Mistake($"{place}: {mistake[1].GetString()}", "TOML is described on https://toml.io"));
            }

            var value = document.RootElement.GetProperty("value");
            return value.ValueKind == JsonValueKind.Null
                ? NoTable(file)
                : FileSource.Read(Value(value), file);
        }
        catch (JsonException)
        {
            return ConfigurationContent.Wrong(new Mistake($"{file.Name} is nested too deeply"));
        }
    }

    private static ConfigurationContent NoTable(ConfigurationFile file) =>
        ConfigurationContent.Wrong(new Mistake($"{file.Name} has no [tool.addergate]", "write the settings below that"));

    private static FileValue Value(JsonElement node)
    {
        var (line, content) = (node[0].GetInt32(), node[2]);
        return node[1].GetString() switch
        {
            "table" => new FileValue
            {
                Type = FileTypes.Table,
                Line = line,
                Members = [.. content.EnumerateObject().Select(static member => KeyValuePair.Create(member.Name, Value(member.Value)))],
            },
            "list" => new FileValue
            {
                Type = FileTypes.List,
                Line = line,
                Items = [.. content.EnumerateArray().Select(Value)],
            },
            var type => new FileValue { Type = Scalar(type), Line = line, Text = content.GetString()! },
        };
    }

    private static FileTypes Scalar(string? type) => type switch
    {
        "integer" => FileTypes.Integer,
        "decimal" => FileTypes.Decimal,
        "boolean" => FileTypes.Boolean,
        "date" => FileTypes.Date,
        _ => FileTypes.Text,
    };
}
