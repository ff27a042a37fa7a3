namespace Addergate.AspNetCore.Files;

/// <summary>
/// Tells names that change with their content: <c>app.55e7cbb9ba48.css</c> (Django's ManifestStaticFilesStorage, webpack) and
/// <c>index-BnP3kVbX.js</c> (Vite). Where a word would do as well it says no: what is taken for one of these wrongly stays
/// in caches for a year.
/// </summary>
internal static class HashedName
{
    private const int ShortestHex = 8;
    private const int LongestHex = 64;
    private const int Vite = 8;

    public static bool Is(ReadOnlySpan<char> path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.IndexOf('.');
        if (dot <= 0)
        {
            return false;
        }

        if (EndsWithMixed(name[..dot]))
        {
            return true;
        }

        // Every part between the first dot and the last.
        for (var rest = name[(dot + 1)..]; rest.IndexOf('.') is var end and >= 0; rest = rest[(end + 1)..])
        {
            if (IsHex(rest[..end]))
            {
                return true;
            }
        }

        return false;
    }

    // With a letter and a digit, or a date would do.
    private static bool IsHex(ReadOnlySpan<char> part) =>
        part.Length is >= ShortestHex and <= LongestHex
        && !part.ContainsAnyExcept("0123456789abcdef")
        && part.ContainsAnyInRange('0', '9')
        && part.ContainsAnyInRange('a', 'f');

    // With a digit and a capital inside, or a word would do.
    private static bool EndsWithMixed(ReadOnlySpan<char> stem)
    {
        if (stem.Length <= Vite + 1 || stem[^(Vite + 1)] != '-')
        {
            return false;
        }

        var hash = stem[^Vite..];
        var hasDigit = false;
        var hasLower = false;
        foreach (var c in hash)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
            {
                return false;
            }

            hasDigit |= char.IsAsciiDigit(c);
            hasLower |= char.IsAsciiLetterLower(c);
        }

        return hasDigit && hasLower && hash[1..].ContainsAnyInRange('A', 'Z');
    }
}
