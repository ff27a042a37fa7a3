namespace Addergate.Settings.Values;

/// <summary>A word and what it means. A class, because the published program then has the code of lists of it, while lists
/// of tuples would be compiled at every start.</summary>
internal sealed record Choice<T>(string Word, T Meaning)
    where T : struct;
