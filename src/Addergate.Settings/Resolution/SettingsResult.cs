using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>The outcome of resolving: settings, or every mistake at once.</summary>
/// <param name="Settings">Null when there are mistakes.</param>
/// <param name="Mistakes">In the order of the groups.</param>
/// <param name="Warnings">What is allowed but probably not meant; one sentence each without a full stop.</param>
/// <param name="Probe">Also there when other settings are wrong, so that what is wrong with the interpreter can be reported
/// with them; null when the interpreter or the identity is what is wrong.</param>
public sealed record SettingsResult(
    ServerSettings? Settings,
    IReadOnlyList<Mistake> Mistakes,
    IReadOnlyList<string> Warnings,
    ProbeTarget? Probe)
{
    /// <summary>What each source wrote, the one that goes before all others first.</summary>
    public IReadOnlyList<IReadOnlyList<SettingText>> Sources { get; init; } = [];

    /// <summary>Every setting with what is in force for it, in the order of help.</summary>
    /// <param name="directory">The current one, which relative paths are relative to.</param>
    public IEnumerable<SettingInForce> InForce(string directory) => SettingInForce.All(Sources, directory);
}
