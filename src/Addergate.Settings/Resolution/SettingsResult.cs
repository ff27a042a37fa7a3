using Addergate.Settings.Configuration;
using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>The outcome of resolving: settings, or every mistake at once.</summary>
/// <param name="Settings">Null when there are mistakes.</param>
/// <param name="Mistakes">In the order of the groups.</param>
/// <param name="Warnings">What is allowed but probably not meant; one sentence each without a full stop.</param>
/// <param name="Probes">The interpreter of each application. Also there when other settings are wrong, so that what is wrong with
/// an interpreter can be reported with them; null where the interpreter or the identity is what is wrong.</param>
public sealed record SettingsResult(
    ServerSettings? Settings,
    IReadOnlyList<Mistake> Mistakes,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<ProbeTarget?> Probes)
{
    /// <summary>What each source wrote, the one that goes before all others first.</summary>
    public IReadOnlyList<IReadOnlyList<SettingText>> Sources { get; init; } = [];

    /// <summary>Also there when other settings are wrong, so that what is wrong inside the files can be reported with them.
    /// </summary>
    public CertificateTarget? Certificates { get; init; }

    /// <summary>What the configuration file writes for each of several applications.</summary>
    public IReadOnlyList<ApplicationTable> Applications { get; init; } = [];

    /// <summary>Every setting with what is in force for it, in the order of help.</summary>
    /// <param name="directory">The current one, which relative paths are relative to.</param>
    public IEnumerable<SettingInForce> InForce(string directory) => SettingInForce.All(Sources, directory);

    /// <summary>What is in force for one of several applications because its table says so, and neither the command line nor the
    /// environment says something else.</summary>
    public IEnumerable<SettingInForce> InForce(ApplicationTable application, string directory)
    {
        var before = Sources.Take(SettingValues.FilePlace).SelectMany(static source => source).Select(static text => text.Setting);
        return SettingInForce.All([application.Texts], directory)
            .Where(static setting => !setting.IsDefault)
            .ExceptBy(before, static setting => setting.Setting);
    }
}
