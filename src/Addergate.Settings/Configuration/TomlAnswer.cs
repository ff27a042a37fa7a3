using System.Globalization;
using System.Text;
using System.Text.Json;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Values;

namespace Addergate.Settings.Configuration;

/// <summary>Reads what <c>python/addergate/_toml_reader.py</c> wrote about a file.</summary>
public static class TomlAnswer
{
    /// <summary>Each level of the file is two of the answer.</summary>
    private const int MostDepth = 256;

    /// <param name="json">All that it wrote.</param>
    /// <param name="file">The file that it read.</param>
    public static ConfigurationContent Read(string json, ConfigurationFile file)
    {
        FileMember answer;
        try
        {
            answer = JsonTree.Read(Encoding.UTF8.GetBytes(json), MostDepth).Members[0];
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return ConfigurationContent.Wrong(new Mistake($"{file.Name} is nested too deeply"));
        }

        return answer switch
        {
            { Name: "mistake", Value.Items: [var line, var sentence] } => ConfigurationContent.Wrong(new Mistake(
                $"{file.At(Number(line))}: {sentence.Text}", "TOML is described on https://toml.io")),
            { Value.Items: [_, _, _] } => FileSource.Read(Value(answer.Value), file),
            _ => ConfigurationContent.Wrong(new Mistake(
                $"{file.Name} has no [tool.addergate]", "write the settings below that")),
        };
    }

    /// <summary>A node is a list: line, type, value.</summary>
    private static FileValue Value(FileValue node)
    {
        var (line, content) = (Number(node.Items[0]), node.Items[2]);
        switch (node.Items[1].Text)
        {
            case "table":
                var members = new List<FileMember>();
                foreach (var member in content.Members)
                {
                    members.Add(new FileMember(member.Name, Value(member.Value)));
                }

                return new FileValue { Type = FileTypes.Table, Line = line, Members = members };
            case "list":
                var items = new List<FileValue>();
                foreach (var item in content.Items)
                {
                    items.Add(Value(item));
                }

                return new FileValue { Type = FileTypes.List, Line = line, Items = items };
            case var type:
                return new FileValue { Type = Scalar(type), Line = line, Text = content.Text };
        }
    }

    private static FileTypes Scalar(string type) => type switch
    {
        "integer" => FileTypes.Integer,
        "decimal" => FileTypes.Decimal,
        "boolean" => FileTypes.Boolean,
        "date" => FileTypes.Date,
        _ => FileTypes.Text,
    };

    private static int Number(FileValue value) => int.Parse(value.Text, CultureInfo.InvariantCulture);
}
