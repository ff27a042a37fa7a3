using System.Buffers;

namespace Addergate.AspNetCore.Files;

/// <summary>
/// Makes a path below a directory of the part of a URL's path that stands below its root. Whatever could mean something
/// else to anybody names nothing: dot segments, backslashes, control characters. Nothing is decoded here: the web server
/// has decoded once (and left <c>%2F</c> alone), so what still looks encoded is the name of a file.
/// </summary>
internal static class FilePath
{
    // RFC 8615: certificates are proved and contacts found there.
    private const string WellKnown = ".well-known";

    private static readonly SearchValues<char> Forbidden =
        SearchValues.Create([.. Enumerable.Range(0, 32).Append(127).Append('\\').Select(static code => (char)code)]);

    /// <summary>Maps.</summary>
    /// <param name="below">Empty, or begins with a slash.</param>
    /// <param name="namesDirectory">Whether it ends with a slash, or is empty.</param>
    /// <returns>A relative path without empty parts, empty for the root itself; null where no file is ever served.</returns>
    public static string? Map(ReadOnlySpan<char> below, out bool namesDirectory)
    {
        namesDirectory = below.IsEmpty || below[^1] == '/';
        if (below.ContainsAny(Forbidden))
        {
            return null;
        }

        var isPlain = true;
        var isFirst = true;
        var whole = below.Trim('/');
        var rest = whole;
        while (!rest.IsEmpty)
        {
            var slash = rest.IndexOf('/');
            var part = slash < 0 ? rest : rest[..slash];
            rest = slash < 0 ? default : rest[(slash + 1)..];
            if (part.IsEmpty)
            {
                isPlain = false;
                continue;
            }

            if (part[0] == '.' && !(isFirst && part.SequenceEqual(WellKnown)))
            {
                return null;
            }

            isFirst = false;
        }

        return isPlain ? whole.ToString() : string.Join('/', whole.ToString().Split('/', StringSplitOptions.RemoveEmptyEntries));
    }
}
