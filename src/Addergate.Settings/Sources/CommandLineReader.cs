using Addergate.Settings.Declarations;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Values;

namespace Addergate.Settings.Sources;

/// <summary>
/// Reads <c>[ENTRY] [options]</c> in any order as Python's optparse does, so that command lines of mod_wsgi-express work
/// unchanged: <c>--name VALUE</c>, <c>--name=VALUE</c>, <c>--name KEY VALUE</c>, unambiguous beginnings of names, and <c>--</c> before an ENTRY that
/// begins with a dash. Goes on after a mistake.
/// </summary>
public sealed class CommandLineReader
{
    private readonly List<SettingText> _texts = [];
    private readonly List<Mistake> _mistakes = [];
    private SettingText? _entry;
    private bool _helpAsked;

    private readonly OwnOptions _own;
    private readonly HashSet<string> _flags = [];
    private readonly List<(string, string)> _values = [];
    private string? _name;

    private CommandLineReader(OwnOptions own) => _own = own;

    /// <param name="arguments">What follows the name of the command.</param>
    /// <param name="ownFlags">Options of the command that are no settings and have no value, with their dashes.</param>
    public static CommandLine Read(IReadOnlyList<string> arguments, params string[] ownFlags) =>
        Read(arguments, new OwnOptions { Flags = ownFlags });

    /// <param name="arguments">What follows the name of the command.</param>
    /// <param name="own">What the command takes that is no setting.</param>
    public static CommandLine Read(IReadOnlyList<string> arguments, OwnOptions own)
    {
        var reader = new CommandLineReader(own);
        var index = 0;
        while (index < arguments.Count && arguments[index] != "--")
        {
            index = reader.ReadOne(arguments, index);
        }

        foreach (var argument in arguments.Skip(index + 1))
        {
            reader.TakeEntry(argument);
        }

        // First, so that --entry-point wins as it does in mod_wsgi-express.
        IReadOnlyList<SettingText> texts = reader._entry is null ? reader._texts : [reader._entry, .. reader._texts];
        return new CommandLine(texts, reader._mistakes, reader._helpAsked, reader._flags)
        {
            Values = reader._values,
            Name = reader._name,
        };
    }

    /// <summary>Reads the argument at an index, and its value; returns the index after them.</summary>
    private int ReadOne(IReadOnlyList<string> arguments, int index)
    {
        var argument = arguments[index];
        if (argument is "--help" or "-h")
        {
            _helpAsked = true;
            return index + 1;
        }

        if (_own.Flags.Contains(argument))
        {
            _flags.Add(argument);
            return index + 1;
        }

        if (argument.Length < 2 || argument[0] != '-')
        {
            TakeEntry(argument);
            return index + 1;
        }

        var equals = argument.IndexOf('=');
        var name = equals < 0 ? argument : argument[..equals];
        if (_own.Values.Contains(name))
        {
            return ReadOwn(name, arguments, index, equals < 0 ? null : argument[(equals + 1)..]);
        }

        if (FindOption(name, out var meant) is not { } setting)
        {
            // What follows a misspelt option is its value, and no second mistake.
            var words = meant is null ? 0 : Words(meant) - (equals >= 0 ? 1 : 0);
            index++;
            while (words-- > 0 && index < arguments.Count && arguments[index] is not ['-', ..])
            {
                index++;
            }

            return index;
        }

        if (setting.Form == SettingForm.RepeatedPair)
        {
            return ReadPair(setting, arguments, index, equals < 0 ? null : argument[(equals + 1)..]);
        }

        if (equals >= 0)
        {
            Take(setting, argument[(equals + 1)..]);
            return index + 1;
        }

        if (setting.Form is SettingForm.Flag or SettingForm.OptionalValue)
        {
            Take(setting, "on");
            return index + 1;
        }

        // "--port --threads 4" forgot a port; but a value may begin with a dash.
        if (index + 1 == arguments.Count || IsOption(arguments[index + 1]))
        {
            NeedsValue(setting);
            return index + 1;
        }

        Take(setting, arguments[index + 1]);
        return index + 2;
    }

    /// <summary>How many words follow an option.</summary>
    private static int Words(Setting setting) => setting.Form switch
    {
        SettingForm.Value or SettingForm.Repeated => 1,
        SettingForm.RepeatedPair => 2,
        _ => 0,
    };

    /// <summary><c>--name KEY VALUE</c> or <c>--name=KEY VALUE</c>; returns the index after them.</summary>
    private int ReadPair(Setting setting, IReadOnlyList<string> arguments, int index, string? attached)
    {
        var next = index + 1;
        var key = attached ?? Word();
        var text = key is null ? null : Word();
        if (key is not { Length: > 0 } || text is not { Length: > 0 })
        {
            NeedsValue(setting);
        }
        else
        {
            Take(setting, PairKind.Join(key, text));
        }

        return next;

        string? Word() =>
            next < arguments.Count && !IsOption(arguments[next]) ? arguments[next++] : null;
    }

    private int ReadOwn(string name, IReadOnlyList<string> arguments, int index, string? attached)
    {
        var next = index + 1;
        var value = attached ?? (next < arguments.Count && !IsOption(arguments[next]) ? arguments[next++] : "");
        if (value.Length == 0)
        {
            _mistakes.Add(new Mistake($"{name} needs a value"));
        }
        else
        {
            _values.Add((name, value));
        }

        return next;
    }

    private void Take(Setting setting, string text)
    {
        if (text.Length == 0)
        {
            NeedsValue(setting);
            return;
        }

        _texts.Add(new SettingText(setting, text, setting.Option));
    }

    private void TakeEntry(string text)
    {
        if (text.Length == 0)
        {
            _mistakes.Add(new Mistake("ENTRY is an empty text", "leave it out for the welcome page"));
        }
        else if (_name is null && _entry is null && _own.IsName?.Invoke(text) == true)
        {
            _name = text;
        }
        else if (_entry is not null)
        {
            _mistakes.Add(new Mistake(
                $"unexpected argument \"{text}\": ENTRY is \"{_entry.Text}\" already",
                AllSettings.Find(text) is { } meant ? $"did you mean {meant.Option}?" : null));
        }
        else
        {
            _entry = new SettingText(ApplicationDeclarations.EntryPoint, text, SettingText.Entry);
        }
    }

    /// <param name="name">With its dashes.</param>
    /// <param name="meant">When there is none: what was probably meant.</param>
    private Setting? FindOption(string name, out Setting? meant)
    {
        meant = null;
        var candidates = AllSettings.List.Where(setting => IsBeginning(name, setting)).ToArray();
        if (candidates.FirstOrDefault(setting => setting.HasOption(name)) is { } exact)
        {
            return exact;
        }

        if (candidates.Length == 1)
        {
            return candidates[0];
        }

        if (candidates.Length > 1)
        {
            var all = string.Join(", ", candidates.Select(setting => setting.Option));
            meant = candidates[0];
            _mistakes.Add(new Mistake($"ambiguous option {name}", $"it could be {all}"));
        }
        else
        {
            var nearest = NearestName.Find(name, AllSettings.List.Select(setting => setting.Option).Concat(_own.All).Append("--help"));
            meant = AllSettings.List.FirstOrDefault(setting => setting.Option == nearest);
            _mistakes.Add(new Mistake(
                $"unknown option {name}", nearest is null ? "see addergate start-server --help" : $"did you mean {nearest}?"));
        }

        return null;
    }

    private static bool IsBeginning(string name, Setting setting) =>
        name.Length > 2 && (setting.Option.StartsWith(name, StringComparison.Ordinal) || setting.HasOption(name));

    private bool IsOption(string argument) =>
        argument == "--" || _own.All.Contains(argument.Split('=', 2)[0]) || AllSettings.List.Any(setting => setting.HasOption(argument.Split('=', 2)[0]));

    private void NeedsValue(Setting setting) =>
        _mistakes.Add(new Mistake(
            $"{setting.Option} needs {(Words(setting) == 2 ? "two values" : "a value")}", $"write {setting.Option} {setting.Metavar}"));
}
