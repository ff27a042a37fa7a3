namespace Addergate.Settings.Values;

/// <summary>A value for one of several things that have names.</summary>
/// <param name="Name">Which of them.</param>
/// <param name="Text">The value; never empty.</param>
public sealed record NamedText(string Name, string Text);
