using Addergate.Settings.Declarations;
using Addergate.Settings.Mistakes;

namespace Addergate.Settings.Sources;

/// <summary>
/// The sources in order of precedence, read through one typed door. What cannot be read is noted as a mistake once, and
/// the default stands in for it so that the other settings are still checked.
/// </summary>
/// <param name="sources">The first one that names a setting counts: the command line, then the environment, then the
/// configuration file.</param>
/// <param name="mistakes">Where mistakes are noted.</param>
internal sealed class SettingValues(IReadOnlyList<IReadOnlyList<SettingText>> sources, List<Mistake> mistakes)
{
    /// <summary>The place of the configuration file among the sources.</summary>
    internal const int FilePlace = 2;

    private readonly HashSet<Setting> _read = [];

    /// <summary>Notes a mistake, once: what is said for all applications is asked for by each of them.</summary>
    internal void Wrong(string message, string? advice = null)
    {
        var mistake = new Mistake(message, advice);
        if (!mistakes.Contains(mistake))
        {
            mistakes.Add(mistake);
        }
    }

    /// <summary>The value, or the default.</summary>
    internal T Get<T>(Setting<T> setting) => TryGet(setting, out var value) ? value : setting.Default!;

    /// <summary>Whether a source names the setting with a value that can be read.</summary>
    internal bool TryGet<T>(Setting<T> setting, out T value)
    {
        value = default!;
        _read.Add(setting);
        if (Written(setting) is not { } written)
        {
            return false;
        }

        var parsed = setting.Kind.Parse(written.Text);
        if (parsed.Problem is not null)
        {
            Wrong($"{written.Origin}: \"{written.Text}\" {parsed.Problem}");
            return false;
        }

        value = parsed.Value!;
        return true;
    }

    /// <summary>Every value of a repeated setting that can be read, with where it was written.</summary>
    internal IReadOnlyList<(T Value, SettingText Written)> Each<T>(Setting<T> setting)
    {
        _read.Add(setting);
        var values = new List<(T, SettingText)>();
        foreach (var written in All(setting))
        {
            var parsed = setting.Kind.Parse(written.Text);
            if (parsed.Problem is null)
            {
                values.Add((parsed.Value!, written));
            }
            else
            {
                Wrong($"{written.Origin}: \"{written.Text}\" {parsed.Problem}");
            }
        }

        return values;
    }

    /// <summary>Notes what is wrong with settings that nothing has asked for: one that has no effect beside the others (the
    /// type of an ENTRY that is not there) is a mistake all the same when it cannot be read.</summary>
    /// <param name="only">Looks at what these say and at nothing else; null for everything.</param>
    internal void CheckUnread(IReadOnlyList<SettingText>? only = null)
    {
        CheckOverridden();
        foreach (var setting in AllSettings.List)
        {
            if (_read.Contains(setting) || only?.Any(text => text.Setting == setting) == false)
            {
                continue;
            }

            foreach (var written in setting.Form == SettingForm.Repeated ? All(setting) : All(setting).TakeLast(1))
            {
                if (setting.ProblemWith(written.Text) is { } problem)
                {
                    Wrong($"{written.Origin}: \"{written.Text}\" {problem}");
                }
            }
        }
    }

    /// <summary>A configuration file is right or wrong as a whole. Not so the environment: PORT may be anybody's.</summary>
    private void CheckOverridden()
    {
        for (var place = FilePlace; place < sources.Count; place++)
        {
            foreach (var written in sources[place])
            {
                if (Precedence(written.Setting) < place && written.Setting.ProblemWith(written.Text) is { } problem)
                {
                    Wrong($"{written.Origin}: \"{written.Text}\" {problem}");
                }
            }
        }
    }

    /// <summary>All values of a repeated setting: those of the first source that has any.</summary>
    internal IReadOnlyList<SettingText> All(Setting setting)
    {
        foreach (var source in sources)
        {
            var found = source.Where(text => text.Setting == setting).ToArray();
            if (found.Length > 0)
            {
                return found;
            }
        }

        return [];
    }

    /// <summary>What was written, with its origin; the last one of a source counts.</summary>
    internal SettingText? Written(Setting setting) => All(setting) is [.., var last] ? last : null;

    /// <summary>0 for the source that goes before all others; the number of sources when none names it.</summary>
    internal int Precedence(Setting setting)
    {
        var place = 0;
        while (place < sources.Count && !sources[place].Any(text => text.Setting == setting))
        {
            place++;
        }

        return place;
    }
}
