using Addergate.Settings.Declarations;
using Addergate.Settings.Mistakes;

namespace Addergate.Settings.Sources;

/// <summary>
/// The sources in order of precedence, read through one typed door. What cannot be read is noted as a mistake once, and
/// the default stands in for it so that the other settings are still checked.
/// </summary>
/// <param name="sources">The first one that names a setting counts: the command line, then the environment. A
/// configuration file comes after these.</param>
/// <param name="mistakes">Where mistakes are noted.</param>
internal sealed class SettingValues(IReadOnlyList<IReadOnlyList<SettingText>> sources, List<Mistake> mistakes)
{
    internal void Wrong(string message, string? advice = null) => mistakes.Add(new Mistake(message, advice));

    /// <summary>The value, or the default.</summary>
    internal T Get<T>(Setting<T> setting) => TryGet(setting, out var value) ? value : setting.Default!;

    /// <summary>Whether a source names the setting with a value that can be read.</summary>
    internal bool TryGet<T>(Setting<T> setting, out T value)
    {
        value = default!;
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
