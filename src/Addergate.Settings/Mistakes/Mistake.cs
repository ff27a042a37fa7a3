namespace Addergate.Settings.Mistakes;

/// <summary>One thing that is wrong with what the user wrote.</summary>
/// <param name="Message">What is wrong and where: begins with the option or variable, has no full stop.</param>
/// <param name="Advice">What to do about it, or null when the message says it.</param>
public sealed record Mistake(string Message, string? Advice = null)
{
    public override string ToString() => Advice is null ? Message : $"{Message}; {Advice}";
}
