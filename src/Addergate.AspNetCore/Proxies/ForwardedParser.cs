using System.Buffers;
using System.Text;

namespace Addergate.AspNetCore.Proxies;

/// <summary>Reads a <c>Forwarded</c> field by the letter of RFC 7239 4: one slip, and nothing of it counts.</summary>
internal static class ForwardedParser
{
    // A chain of proxies, not a workload.
    private const int MostElements = 64;

    // RFC 9110 5.6.2.
    private static readonly SearchValues<char> Token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The elements from left to right; null when the field is malformed or empty.</summary>
    public static IReadOnlyList<ForwardedElement>? Parse(ReadOnlySpan<char> text)
    {
        var elements = new List<ForwardedElement>();
        while (true)
        {
            text = text.TrimStart(" \t");
            if (text.IsEmpty)
            {
                return elements.Count > 0 ? elements : null;
            }

            // A list may have empty elements (RFC 9110 5.6.1.2).
            if (text[0] == ',')
            {
                text = text[1..];
                continue;
            }

            if (elements.Count == MostElements || !TryReadElement(ref text, out var element))
            {
                return null;
            }

            elements.Add(element);
            text = text.TrimStart(" \t");
            if (!text.IsEmpty && text[0] != ',')
            {
                return null;
            }
        }
    }

    // element = [ pair ] *( ";" [ pair ] )
    private static bool TryReadElement(ref ReadOnlySpan<char> text, out ForwardedElement element)
    {
        element = default;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (true)
        {
            if (!text.IsEmpty && text[0] is not (';' or ',' or ' ' or '\t'))
            {
                // No parameter twice in an element (RFC 7239 4).
                if (!TryReadPair(ref text, out var name, out var value) || !names.Add(name))
                {
                    return false;
                }

                element = name.ToUpperInvariant() switch
                {
                    "FOR" => element with { For = value },
                    "HOST" => element with { Host = value },
                    "PROTO" => element with { Proto = value },
                    _ => element,
                };
            }

            if (text.IsEmpty || text[0] != ';')
            {
                return names.Count > 0;
            }

            text = text[1..];
        }
    }

    private static bool TryReadPair(ref ReadOnlySpan<char> text, out string name, out string value)
    {
        value = "";
        var end = text.IndexOfAnyExcept(Token);
        if (end <= 0 || text[end] != '=')
        {
            name = "";
            return false;
        }

        name = text[..end].ToString();
        text = text[(end + 1)..];
        if (text.StartsWith('"'))
        {
            return TryReadQuoted(ref text, out value);
        }

        end = text.IndexOfAnyExcept(Token);
        end = end < 0 ? text.Length : end;
        value = text[..end].ToString();
        text = text[end..];
        return end > 0;
    }

    private static bool TryReadQuoted(ref ReadOnlySpan<char> text, out string value)
    {
        var unquoted = new StringBuilder();
        for (var i = 1; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"')
            {
                value = unquoted.ToString();
                text = text[(i + 1)..];
                return true;
            }

            if (c == '\\' && ++i < text.Length)
            {
                c = text[i];
            }

            unquoted.Append(c);
        }

        value = "";
        return false;
    }
}
