using System.Globalization;

namespace Addergate.AspNetCore.Access;

/// <summary>What an <c>Authorization: Digest</c> says (RFC 7616 3.4).</summary>
/// <param name="User">Who it is.</param>
/// <param name="Realm">Where.</param>
/// <param name="Nonce">What the server gave out.</param>
/// <param name="Uri">The target of the request.</param>
/// <param name="Response">The proof.</param>
/// <param name="CountText"><c>nc</c> as it was sent, and goes into the proof.</param>
/// <param name="Count">How often the client has used the nonce, this request included; from 1.</param>
/// <param name="ClientNonce">What the client adds.</param>
internal sealed record DigestCredentials(
    string User,
    string Realm,
    string Nonce,
    string Uri,
    string Response,
    string CountText,
    uint Count,
    string ClientNonce)
{
    private const string Scheme = "Digest ";

    /// <summary>Null when there are none, or they are not of the kind that was asked for.</summary>
    public static DigestCredentials? TryRead(string? header)
    {
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || Parameters(header.AsSpan(Scheme.Length)) is not { } said)
        {
            return null;
        }

        return said.TryGetValue("username", out var user)
            && said.TryGetValue("realm", out var realm)
            && said.TryGetValue("nonce", out var nonce)
            && said.TryGetValue("uri", out var uri)
            && said.TryGetValue("response", out var response)
            && said.TryGetValue("nc", out var countText)
            && said.TryGetValue("cnonce", out var clientNonce)
            && said.GetValueOrDefault("qop") == "auth"
            && said.GetValueOrDefault("algorithm", "MD5").Equals("MD5", StringComparison.OrdinalIgnoreCase)
            && countText.Length == 8
            && uint.TryParse(countText, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var count)
            && count > 0
            && user.AsSpan().IndexOfAnyInRange('\0', '\x1f') < 0
                ? new DigestCredentials(user, realm, nonce, uri, response, countText, count, clientNonce)
                : null;
    }

    /// <summary>Null when a name stands there twice, or something else makes no sense.</summary>
    private static Dictionary<string, string>? Parameters(ReadOnlySpan<char> text)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (true)
        {
            text = text.Trim([' ', '\t', ',']);
            if (text.IsEmpty)
            {
                return found;
            }

            var equals = text.IndexOf('=');
            if (equals <= 0)
            {
                return null;
            }

            var name = text[..equals].Trim().ToString();
            text = text[(equals + 1)..].TrimStart();
            if (!TryTakeValue(ref text, out var value) || !found.TryAdd(name, value))
            {
                return null;
            }
        }
    }

    private static bool TryTakeValue(ref ReadOnlySpan<char> text, out string value)
    {
        if (text.IsEmpty || text[0] != '"')
        {
            var end = text.IndexOf(',') is >= 0 and var comma ? comma : text.Length;
            value = text[..end].Trim().ToString();
            text = text[end..];
            return value.Length > 0;
        }

        var quoted = new System.Text.StringBuilder();
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                value = quoted.ToString();
                text = text[(at + 1)..];
                return true;
            }

            if (text[at] == '\\' && ++at == text.Length)
            {
                break;
            }

            quoted.Append(text[at]);
        }

        value = "";
        return false;
    }
}
