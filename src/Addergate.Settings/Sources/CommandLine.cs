using Addergate.Settings.Mistakes;

namespace Addergate.Settings.Sources;

/// <summary>What a command line says.</summary>
/// <param name="Texts">Values in the order they were written.</param>
/// <param name="Mistakes">What no setting could be found for.</param>
/// <param name="HelpAsked"><c>--help</c> or <c>-h</c> was among the options.</param>
/// <param name="Flags">Which of the command's own flags were.</param>
public sealed record CommandLine(
    IReadOnlyList<SettingText> Texts, IReadOnlyList<Mistake> Mistakes, bool HelpAsked, IReadOnlyCollection<string> Flags)
{
    /// <summary>Values of the command's own options, in the order they were written.</summary>
    public IReadOnlyList<(string Option, string Value)> Values { get; init; } = [];

    /// <summary>The command's name word, or null.</summary>
    public string? Name { get; init; }
}
