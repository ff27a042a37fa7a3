using Addergate.Settings.Mistakes;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Configuration;

/// <summary>What a configuration file says.</summary>
/// <param name="Texts">Values in the order they were written.</param>
/// <param name="Mistakes">What no setting could be made of.</param>
/// <param name="IsUnderstood">False when nothing of it could be read: then what is missing elsewhere may be in it.</param>
public sealed record ConfigurationContent(
    IReadOnlyList<SettingText> Texts, IReadOnlyList<Mistake> Mistakes, bool IsUnderstood = true)
{
    /// <summary>Its tables <c>[[application]]</c>; without any the server has the one application that the other settings are
    /// about.</summary>
    public IReadOnlyList<ApplicationTable> Applications { get; init; } = [];

    /// <summary>Of a server without a configuration file.</summary>
    public static ConfigurationContent None { get; } = new([], []);

    /// <summary>When it was not even tried to read it.</summary>
    public static ConfigurationContent Unknown { get; } = new([], [], IsUnderstood: false);

    public static ConfigurationContent Wrong(Mistake mistake) => new([], [mistake], IsUnderstood: false);
}
