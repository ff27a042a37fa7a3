using Addergate.Settings.Declarations;
using Addergate.Settings.Mistakes;

namespace Addergate.Settings.Sources;

/// <summary>
/// Reads <c>[ENTRY] [options]</c> in any order as Python's optparse does, so that command lines of mod_wsgi-express work
/// unchanged: <c>--name VALUE</c>, <c>--name=VALUE</c>, unambiguous beginnings of names, and <c>--</c> before an ENTRY that
/// begins with a dash. Goes on after a mistake.
/// </summary>
public sealed class CommandLineReader
{
    private readonly List<SettingText> _texts = [];
    private readonly List<Mistake> _mistakes = [];
    private SettingText? _entry;
    private bool _helpAsked;

    private CommandLineReader()
    {
    }

    /// <param name="arguments">What follows the name of the command.</param>
    public static CommandLine Read(IReadOnlyList<string> arguments)
    {
        var reader = new CommandLineReader();
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
        return new CommandLine(texts, reader._mistakes, reader._helpAsked);
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

        if (argument.Length < 2 || argument[0] != '-')
        {
            TakeEntry(argument);
            return index + 1;
        }

        var equals = argument.IndexOf('=');
        var name = equals < 0 ? argument : argument[..equals];
        if (FindOption(name, out var meant) is not { } setting)
        {
            // What follows a misspelt option is its value, and no second mistake.
            var hasValue = equals < 0
                && meant is { Form: SettingForm.Value or SettingForm.Repeated }
                && index + 1 < arguments.Count
                && arguments[index + 1] is not ['-', ..];
            return index + (hasValue ? 2 : 1);
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
        else if (_entry is not null)
        {
            _mistakes.Add(new Mistake(
                $"unexpected argument \"{text}\": ENTRY is \"{_entry.Text}\" already",
                AllSettings.Find(text) is { } meant ? $"did you mean {meant.Option}?" : null));
        }
        else
        {
            _entry = new SettingText(ApplicationDeclarations.EntryPoint, text, "ENTRY");
        }
    }

    /// <param name="name">With its dashes.</param>
    /// <param name="meant">When there is none: what was probably meant.</param>
    private Setting? FindOption(string name, out Setting? meant)
    {
        meant = null;
        var candidates = AllSettings.List.Where(setting => IsBeginning(name, setting)).ToArray();
        if (candidates.FirstOrDefault(setting => setting.Option == name) is { } exact)
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
            var nearest = NearestName.Find(name, AllSettings.List.Select(setting => setting.Option).Append("--help"));
            meant = AllSettings.List.FirstOrDefault(setting => setting.Option == nearest);
            _mistakes.Add(new Mistake(
                $"unknown option {name}", nearest is null ? "see addergate start-server --help" : $"did you mean {nearest}?"));
        }

        return null;
    }

    private static bool IsBeginning(string name, Setting setting) =>
        name.Length > 2 && setting.Option.StartsWith(name, StringComparison.Ordinal);

    private static bool IsOption(string argument) =>
        argument == "--" || AllSettings.List.Any(setting => setting.Option == argument.Split('=', 2)[0]);

    private void NeedsValue(Setting setting) =>
        _mistakes.Add(new Mistake($"{setting.Option} needs a value", $"write {setting.Option} {setting.Metavar}"));
}
