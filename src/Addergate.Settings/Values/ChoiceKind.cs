namespace Addergate.Settings.Values;

/// <summary>One of a few words, in any letter case.</summary>
internal static class ChoiceKind
{
    /// <param name="metavar">Stands for the value in help.</param>
    /// <param name="words">The word of each meaning, which is shown.</param>
    /// <param name="synonyms">Further words that are accepted.</param>
    internal static ValueKind<T> Of<T>(
        string metavar, IReadOnlyList<Choice<T>> words, IReadOnlyList<Choice<T>>? synonyms = null)
        where T : struct
    {
        var list = "";
        for (var index = 0; index < words.Count; index++)
        {
            list += (index == 0 ? "" : index == words.Count - 1 ? " or " : ", ") + words[index].Word;
        }

        return new ValueKind<T>(metavar, list, Parse, Show);

        Parsed<T> Parse(string text) =>
            (Find(words, text) ?? Find(synonyms ?? [], text)) is { } choice
                ? choice.Meaning
                : Parsed<T>.Wrong($"is none of {list}");

        string Show(T value) => words.First(choice => choice.Meaning.Equals(value)).Word;
    }

    private static Choice<T>? Find<T>(IReadOnlyList<Choice<T>> choices, string text)
        where T : struct
    {
        foreach (var choice in choices)
        {
            if (choice.Word.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        return null;
    }
}
