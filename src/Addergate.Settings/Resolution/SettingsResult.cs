using Addergate.Settings.Mistakes;
using Addergate.Settings.Model;

namespace Addergate.Settings.Resolution;

/// <summary>The outcome of resolving: settings, or every mistake at once.</summary>
/// <param name="Settings">Null when there are mistakes.</param>
/// <param name="Mistakes">In the order of the groups.</param>
/// <param name="Warnings">What is allowed but probably not meant; one sentence each without a full stop.</param>
public sealed record SettingsResult(
    ServerSettings? Settings,
    IReadOnlyList<Mistake> Mistakes,
    IReadOnlyList<string> Warnings);
