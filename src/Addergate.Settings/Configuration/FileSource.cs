using Addergate.Settings.Declarations;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Sources;
using Addergate.Settings.Values;

namespace Addergate.Settings.Configuration;

/// <summary>
/// Settings from the table of a configuration file. A key is the name of a setting, with dashes or underscores; what may be
/// repeated is a list; what is repeated in pairs is a list of lists of two, or a table. All else is a mistake.
/// </summary>
internal sealed class FileSource
{
    /// <summary>For several applications in one server; never the name of a setting.</summary>
    internal const string ApplicationKey = "application";

    private const int MostShown = 60;

    private readonly ConfigurationFile _file;
    private readonly bool _isOfApplication;
    private readonly List<ApplicationTable> _applications = [];
    private readonly List<SettingText> _texts = [];
    private readonly List<Mistake> _mistakes = [];
    private readonly Dictionary<Setting, int> _lines = [];

    private FileSource(ConfigurationFile file, bool isOfApplication) =>
        (_file, _isOfApplication) = (file, isOfApplication);

    internal static ConfigurationContent Read(FileValue root, ConfigurationFile file)
    {
        var source = new FileSource(file, isOfApplication: false);
        if (root.Type != FileTypes.Table)
        {
            return ConfigurationContent.Wrong(new Mistake(
                $"{file.At(root.Line)}: the settings are {root.TypeName}", "write a table of names and values"));
        }

        source.ReadTable(root);
        return new ConfigurationContent(source._texts, source._mistakes) { Applications = source._applications };
    }

    private void ReadTable(FileValue table)
    {
        foreach (var (key, value) in table.Members)
        {
            ReadKey(key, value);
        }
    }

    private void ReadKey(string key, FileValue value)
    {
        var name = key.Replace('_', '-');
        if (AllSettings.Find(name) is not { } setting)
        {
            Unknown(key, name, value);
        }
        else if (_isOfApplication && !setting.IsPerApplication)
        {
            Wrong(
                value,
                key,
                ": this is for the whole server",
                $"write it above the first [[{ApplicationKey}]]");
        }
        else if (setting == FileDeclarations.Configuration)
        {
            Wrong(value, key, ": a configuration file cannot name another one", $"use {setting.Option} or {setting.Variable}");
        }
        else if (!_lines.TryAdd(setting, value.Line))
        {
            Wrong(value, key, $" is written in line {_lines[setting]} already", "write it once");
        }
        else if (setting.Form == SettingForm.RepeatedPair)
        {
            ReadPairs(setting, key, value);
        }
        else if (setting.Form == SettingForm.Repeated && !(setting.MayBeOne && value.Type == FileTypes.Text))
        {
            ReadList(setting, key, value);
        }
        else
        {
            ReadScalar(setting, key, value);
        }
    }

    private void Unknown(string key, string name, FileValue value)
    {
        if (name == ApplicationKey && !_isOfApplication)
        {
            ReadApplications(key, value);
        }
        else if (value.Type == FileTypes.Table && value.Members.Any(static member => AllSettings.Find(member.Name.Replace('_', '-')) is not null))
        {
            Wrong(value, key, ": settings are not grouped in tables", $"write them above the first table, without [{key}]");
        }
        else
        {
            IEnumerable<string> names = AllSettings.List.Select(static setting => setting.Name);
            var nearest = NearestName.Find(name, _isOfApplication ? names : names.Append(ApplicationKey));
            Wrong(value, key, " is no setting", nearest switch
            {
                null => "see addergate start-server --help",
                ApplicationKey => $"did you mean [[{ApplicationKey}]]?",
                _ => $"did you mean {nearest}?",
            });
        }
    }

    private void ReadApplications(string key, FileValue value)
    {
        if (value.Type != FileTypes.List || value.Items.Any(static item => item.Type != FileTypes.Table))
        {
            Wrong(value, key, Shown(value), $"write each application below a line [[{ApplicationKey}]]");
            return;
        }

        foreach (var item in value.Items)
        {
            var table = new FileSource(_file, isOfApplication: true);
            table.ReadTable(item);
            _mistakes.AddRange(table._mistakes);
            _applications.Add(new ApplicationTable(_file.At(item.Line), table._texts));
        }
    }

    private void ReadScalar(Setting setting, string key, FileValue value)
    {
        if (Check(setting, key, value))
        {
            Take(setting, value.Line, key, value.Type == FileTypes.Boolean ? value.Text == "true" ? "on" : "off" : value.Text);
        }
    }

    private void ReadList(Setting setting, string key, FileValue value)
    {
        if (value.Type != FileTypes.List)
        {
            Wrong(
                value,
                key,
                Shown(value),
                (value.Type & setting.FileTypes) != 0
                    ? $"write a list: {key} = [{Written(value)}]"
                    : $"write a list; each item is {setting.Syntax}");
            return;
        }

        foreach (var item in value.Items)
        {
            ReadScalar(setting, key, item);
        }
    }

    private void ReadPairs(Setting setting, string key, FileValue value)
    {
        if (value.Type == FileTypes.Table)
        {
            foreach (var (name, item) in value.Members)
            {
                if (name.Contains('='))
                {
                    Wrong(item, key, $": \"{name}\" has an equals sign in it", "use letters, digits, dots, dashes and underscores");
                }
                else if (item.Type != FileTypes.Text)
                {
                    Wrong(item, $"{key}.{name}", Shown(item), "write text in quotes");
                }
                else if (item.Text.Length == 0)
                {
                    Wrong(item, $"{key}.{name}", " has no value", "write one, or leave the line out");
                }
                else
                {
                    Take(setting, item.Line, key, PairKind.Join(name, item.Text));
                }
            }

            return;
        }

        if (value.Type != FileTypes.List)
        {
            Wrong(value, key, Shown(value), $"write a list of pairs, [{Pair(setting)}], or a table");
            return;
        }

        foreach (var item in value.Items)
        {
            if (item.Items is [{ Type: FileTypes.Text, Text.Length: > 0 } name, { Type: FileTypes.Text, Text.Length: > 0 } text]
                && !name.Text.Contains('='))
            {
                Take(setting, item.Line, key, PairKind.Join(name.Text, text.Text));
            }
            else
            {
                Wrong(item, key, $": {Written(item)} is no pair", $"write {Pair(setting)}");
            }
        }
    }

    /// <summary>Whether a value has a type that the setting can be written in.</summary>
    private bool Check(Setting setting, string key, FileValue value)
    {
        if ((value.Type & setting.FileTypes) == 0)
        {
            var advice = value.Type == FileTypes.Text && setting.ProblemWith(value.Text) is null
                ? $"write it without quotes: {key} = {value.Text}"
                : $"write {Accepted(setting)}";
            Wrong(value, key, Shown(value), advice);
            return false;
        }

        if (value.Text.Length == 0)
        {
            Wrong(value, key, " has no value", $"write {Accepted(setting)}, or leave the line out");
            return false;
        }

        return true;
    }

    private static string Accepted(Setting setting) => setting.FileTypes switch
    {
        FileTypes.Text => $"{setting.Syntax}, in quotes",
        FileTypes.Text | FileTypes.Boolean when setting is Setting<bool> => "true or false",
        _ => setting.Syntax,
    };

    private static string Pair(Setting setting) =>
        $"[\"{setting.Metavar.Replace(" ", "\", \"", StringComparison.Ordinal)}\"]";

    private void Take(Setting setting, int line, string key, string text)
    {
        var path = setting.ProblemWith(text) is null ? setting.Under(text, _file.Directory) : text;
        _texts.Add(new SettingText(setting, path, $"{_file.At(line)}: {key}", _file.Directory)
        {
            Place = _file.At(line),
        });
    }

    private void Wrong(FileValue value, string key, string problem, string advice) =>
        _mistakes.Add(new Mistake($"{_file.At(value.Line)}: {key}{problem}", advice));

    /// <summary>Follows a key: <c> = 3.11 is a number</c>.</summary>
    private static string Shown(FileValue value) =>
        value.Type is FileTypes.Table ? " is a table" : $" = {Written(value)} is {value.TypeName}";

    private static string Written(FileValue value) => value.Type switch
    {
        FileTypes.Text => $"\"{(value.Text.Length > MostShown ? value.Text[..MostShown] + "…" : value.Text)}\"",
        FileTypes.List => $"[{string.Join(", ", value.Items.Select(Written))}]",
        FileTypes.Table => $"{{{string.Join(", ", value.Members.Select(static member => $"{member.Name} = {Written(member.Value)}"))}}}",
        _ => value.Text,
    };
}
