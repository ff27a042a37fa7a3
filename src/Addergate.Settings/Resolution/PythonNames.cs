namespace Addergate.Settings.Resolution;

/// <summary>Python's grammar as far as ENTRY needs it.</summary>
internal static class PythonNames
{
    /// <summary>Names joined by dots.</summary>
    internal static bool IsDotted(string text) => text.Length > 0 && text.Split('.').All(IsName);

    /// <summary>Dotted, perhaps called without arguments.</summary>
    internal static bool IsCallable(string text) => IsDotted(text.EndsWith("()", StringComparison.Ordinal) ? text[..^2] : text);

    private static bool IsName(string text)
    {
        foreach (var letter in text)
        {
            if (letter != '_' && !char.IsLetterOrDigit(letter))
            {
                return false;
            }
        }

        return text.Length > 0 && !char.IsAsciiDigit(text[0]);
    }
}
