namespace Addergate.Settings.Values;

/// <summary>What became of a text: a value, or what is wrong with it, worded to follow the text in quotes
/// (<c>is not a number …</c>).</summary>
public readonly record struct Parsed<T>(T? Value, string? Problem)
{
    public static implicit operator Parsed<T>(T value) => new(value, null);

    internal static Parsed<T> Wrong(string problem) => new(default, problem);
}
