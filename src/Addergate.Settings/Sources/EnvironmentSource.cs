using Addergate.Settings.Declarations;
using Addergate.Settings.Mistakes;

namespace Addergate.Settings.Sources;

/// <summary>Settings from environment variables. An empty variable counts as one that is not set.</summary>
public static class EnvironmentSource
{
    private const string Prefix = "ADDERGATE_";

    public static IReadOnlyList<SettingText> Read(IReadOnlyDictionary<string, string> variables)
    {
        var texts = new List<SettingText>();
        foreach (var setting in AllSettings.List)
        {
            if (Find(setting.Variable) is { } own)
            {
                Add(setting, own, setting.Variable);
            }
            else if (setting.PlatformVariable is { } name && Find(name) is { } platform)
            {
                Add(setting, platform, name);
            }
        }

        return texts;

        string? Find(string name) => variables.TryGetValue(name, out var text) && text.Length > 0 ? text : null;

        void Add(Setting setting, string text, string origin)
        {
            if (setting.Form is not (SettingForm.Repeated or SettingForm.RepeatedPair))
            {
                texts.Add(new SettingText(setting, text, origin));
                return;
            }

            // As PATH and PYTHONPATH are written, where the items have no colons of their own.
            foreach (var item in text.Split(setting.VariableSeparator, StringSplitOptions.RemoveEmptyEntries))
            {
                texts.Add(new SettingText(setting, item, origin));
            }
        }
    }

    /// <summary>A warning for each variable that is named like a setting and is none: most are slips.</summary>
    public static IEnumerable<string> Warnings(IReadOnlyDictionary<string, string> variables)
    {
        foreach (var name in variables.Keys)
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal)
                && !AllSettings.List.Any(setting => setting.Variable == name))
            {
                var nearest = NearestName.Find(name, AllSettings.List.Select(setting => setting.Variable));
                yield return nearest is null
                    ? $"the environment variable {name} names no setting"
                    : $"the environment variable {name} names no setting; did you mean {nearest}?";
            }
        }
    }
}
