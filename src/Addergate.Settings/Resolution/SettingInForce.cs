using Addergate.Settings.Declarations;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>What is in force for a setting, and who says so.</summary>
/// <param name="Setting">Which.</param>
/// <param name="Values">As they are shown; several only for a setting that may be repeated. Empty for the default.</param>
/// <param name="Origins">Of each value: an option, a variable, a file with its line.</param>
public sealed record SettingInForce(Setting Setting, IReadOnlyList<string> Values, IReadOnlyList<string> Origins)
{
    public bool IsDefault => Values.Count == 0;

    /// <summary>The values as they mean the same in any directory: what is or has a path is absolute.</summary>
    public IReadOnlyList<string> Portable { get; private init; } = [];

    /// <summary>Whether the configuration file says so.</summary>
    public bool IsInFile { get; private init; }

    /// <param name="sources">The one that goes before all others first.</param>
    /// <param name="directory">The current one.</param>
    internal static IEnumerable<SettingInForce> All(
        IReadOnlyList<IReadOnlyList<SettingText>> sources, string directory)
    {
        var values = new SettingValues(sources, []);
        foreach (var setting in AllSettings.List)
        {
            IReadOnlyList<SettingText> written = values.All(setting);
            if (setting.Form is not (SettingForm.Repeated or SettingForm.RepeatedPair))
            {
                written = [.. written.TakeLast(1)];
            }

            yield return new SettingInForce(
                setting,
                [.. written.Select(text => setting.Normal(text.Text))],
                [.. written.Select(static text => text.Place)])
            {
                Portable = [.. written.Select(text => setting.Under(setting.Normal(text.Text), text.Directory ?? directory))],
                IsInFile = written.Any(static text => text.Directory is not null),
            };
        }
    }
}
