using System.Globalization;
using System.Text;
using Addergate.Settings.Configuration;
using Addergate.Settings.Declarations;
using Addergate.Settings.Reference;
using Addergate.Settings.Values;

namespace Addergate.Settings.Writing;

/// <summary>
/// Writes a configuration file. Strings, numbers and lists are written alike in TOML and in JSON; the one has comments, the
/// other can be read where there is no Python that reads TOML.
/// </summary>
public static class ConfigurationText
{
    private const int Width = 100;

    /// <param name="settings">What to write.</param>
    /// <param name="heading">Lines for its top.</param>
    /// <param name="applications">The tables of several applications; none for a server with one.</param>
    public static string Toml(
        IReadOnlyList<WrittenSetting> settings,
        IReadOnlyList<string> heading,
        IReadOnlyList<IReadOnlyList<WrittenSetting>>? applications = null)
    {
        var text = new StringBuilder();
        foreach (var line in heading)
        {
            Comment(text, line);
        }

        Groups(text, settings);
        foreach (var application in applications ?? [])
        {
            text.Append($"\n[[{FileSource.ApplicationKey}]]\n");
            Groups(text, application);
        }

        return text.ToString();
    }

    /// <inheritdoc cref="Toml"/>
    public static string Json(
        IReadOnlyList<WrittenSetting> settings, IReadOnlyList<IReadOnlyList<WrittenSetting>>? applications = null)
    {
        var tables = (applications ?? []).Select(static table => $"        {{\n{Members(table, "            ")}\n        }}");
        var list = applications is [_, ..]
            ? $",\n    {Quoted(FileSource.ApplicationKey)}: [\n{string.Join(",\n", tables)}\n    ]"
            : "";
        return $"{{\n{Members(settings, "    ")}{list}\n}}\n";
    }

    private static string Members(IReadOnlyList<WrittenSetting> settings, string indent) => string.Join(
        ",\n",
        settings.Select(setting => $"{indent}{Quoted(setting.Setting.Name)}: {Value(setting, indent + "    ")}"));

    private static void Groups(StringBuilder text, IReadOnlyList<WrittenSetting> settings)
    {
        foreach (var group in settings.GroupBy(static setting => setting.Setting.Group))
        {
            text.Append($"\n# ---- {SettingGroups.Title(group.Key)}\n");
            foreach (var setting in group)
            {
                text.Append('\n');
                foreach (var line in TextWrap.Lines(setting.Setting.Help, Width))
                {
                    Comment(text, line);
                }

                Comment(text, $"From: {setting.Origin}");
                text.Append($"{setting.Setting.Name} = {Value(setting, "    ")}\n");
            }
        }
    }

    /// <summary>Origins may be names of files, and have any character in them.</summary>
    private static void Comment(StringBuilder text, string line)
    {
        text.Append("# ");
        foreach (var character in line)
        {
            text.Append(char.IsControl(character) ? '?' : character);
        }

        text.Append('\n');
    }

    private static string Value(WrittenSetting setting, string indent)
    {
        switch (setting.Setting.Form)
        {
            case SettingForm.Repeated:
                return List(setting.Texts.Select(text => Scalar(setting.Setting, text)));
            case SettingForm.RepeatedPair:
                return List(setting.Texts.Select(static text => text.Split('=', 2))
                    .Select(static pair => $"[{Quoted(pair[0])}, {Quoted(pair[1])}]"));
            default:
                return Scalar(setting.Setting, setting.Texts[^1]);
        }

        string List(IEnumerable<string> items) => items.ToArray() is [var only]
            ? $"[{only}]"
            : $"[\n{string.Join(",\n", items.Select(item => indent + item))}\n{indent[4..]}]";
    }

    private static string Scalar(Setting setting, string text)
    {
        if ((setting.FileTypes & FileTypes.Boolean) != 0 && text is "on" or "off")
        {
            return text == "on" ? "true" : "false";
        }

        // Not "007", which is no number in either.
        return (setting.FileTypes & FileTypes.Integer) != 0
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == text
            ? text
            : Quoted(text);
    }

    /// <summary>What a basic string of TOML and a string of JSON have in common.</summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                _ when char.IsControl(character) =>
                    string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
