using System.Text;

namespace Addergate.AspNetCore.Access;

/// <summary>User and password of an <c>Authorization: Basic</c> (RFC 7617).</summary>
internal static class BasicCredentials
{
    private const string Scheme = "Basic ";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>False when there are none, or the header makes no sense.</summary>
    public static bool TryRead(string? header, out string user, out string password)
    {
        (user, password) = ("", "");
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var encoded = header.AsSpan(Scheme.Length).Trim(' ');
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length))
        {
            return false;
        }

        var text = Decode(bytes.AsSpan(0, length));
        var colon = text.IndexOf(':');
        // RFC 7617 2: no control characters in either. A NUL would end the text for who hashes it.
        if (colon < 0 || text.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0)
        {
            return false;
        }

        (user, password) = (text[..colon], text[(colon + 1)..]);
        return true;
    }

    /// <summary>As the challenge asks for, and as older browsers do it all the same.</summary>
    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
