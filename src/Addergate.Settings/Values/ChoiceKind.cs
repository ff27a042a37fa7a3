namespace Addergate.Settings.Values;

/// <summary>One of a few words, in any letter case.</summary>
internal static class ChoiceKind
{
    /// <param name="metavar">Stands for the value in help.</param>
    /// <param name="choices">Words and meanings. The first word of a meaning is the one that is shown; further ones are
    /// accepted silently.</param>
    internal static ValueKind<T> Of<T>(string metavar, params (string Word, T Meaning)[] choices)
        where T : struct
    {
        var shown = choices.DistinctBy(choice => choice.Meaning).Select(choice => choice.Word).ToArray();
        var list = string.Join(", ", shown[..^1]) + " or " + shown[^1];
        return new ValueKind<T>(metavar, list, Parse, Show);

        Parsed<T> Parse(string text)
        {
            foreach (var (word, meaning) in choices)
            {
                if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
                {
                    return meaning;
                }
            }

            return Parsed<T>.Wrong($"is none of {list}");
        }

        string Show(T value) => choices.First(choice => choice.Meaning.Equals(value)).Word;
    }
}
