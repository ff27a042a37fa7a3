using Addergate.Settings.Declarations;

namespace Addergate.Settings.Sources;

/// <summary>A value as one source wrote it.</summary>
/// <param name="Setting">What it is for.</param>
/// <param name="Text">Never empty.</param>
/// <param name="Origin">For people: <c>--port</c>, <c>PORT</c>, later <c>addergate.toml, listen.port</c>.</param>
public sealed record SettingText(Setting Setting, string Text, string Origin);
