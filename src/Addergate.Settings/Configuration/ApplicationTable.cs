using Addergate.Settings.Sources;

namespace Addergate.Settings.Configuration;

/// <summary>What a configuration file says of one of several applications: a table <c>[[application]]</c>.</summary>
/// <param name="Place">Where it begins, for people: <c>addergate.toml:12</c>.</param>
/// <param name="Texts">Values in the order they were written.</param>
public sealed record ApplicationTable(string Place, IReadOnlyList<SettingText> Texts);
