using Addergate.Settings.Declarations;

namespace Addergate.Settings.Writing;

/// <summary>Settings as a command line says them.</summary>
public static class CommandLineWords
{
    /// <param name="settings">Those of a configuration file are left out: it says them itself.</param>
    /// <returns>ENTRY, if there is one, then each option with its values.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IReadOnlyList<WrittenSetting> settings)
    {
        var said = settings.Where(static setting => !setting.IsInFile).ToDictionary(static setting => setting.Setting);
        var options = new List<IReadOnlyList<string>>();
        if (said.Remove(ApplicationDeclarations.EntryPoint, out var entry))
        {
            options.Add([entry.Texts[^1] + Callable(said)]);
            if (said.GetValueOrDefault(ApplicationDeclarations.Type)?.Origin == entry.Origin)
            {
                said.Remove(ApplicationDeclarations.Type);
            }
        }

        options.AddRange(settings.Where(setting => said.ContainsKey(setting.Setting)).SelectMany(Words));
        return options;
    }

    /// <summary>Shorter in ENTRY than as an option.</summary>
    private static string Callable(Dictionary<Setting, WrittenSetting> said) =>
        said.Remove(ApplicationDeclarations.Callable, out var callable)
        && callable.Texts[^1] != ApplicationDeclarations.Callable.Default
            ? ":" + callable.Texts[^1]
            : "";

    private static IEnumerable<IReadOnlyList<string>> Words(WrittenSetting written)
    {
        var option = written.Setting.Option;
        return written.Setting.Form switch
        {
            SettingForm.Flag when written.Texts[^1] == "on" => [[option]],
            SettingForm.OptionalValue when written.Texts[^1] == "on" => [[option]],
            SettingForm.Flag or SettingForm.OptionalValue => [[$"{option}={written.Texts[^1]}"]],
            SettingForm.RepeatedPair => written.Texts.Select(text => (string[])[option, .. text.Split('=', 2)]),
            _ => written.Texts.Select(text => text.StartsWith('-') ? (string[])[$"{option}={text}"] : [option, text]),
        };
    }
}
