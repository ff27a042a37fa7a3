namespace Addergate.AspNetCore.Connections;

/// <summary>A Host field or the authority of an absolute target, RFC 9110 7.2 and 4.2: host and port, no userinfo.
/// </summary>
internal static class HostRules
{
    /// <summary>Whether this can be a host with an optional port. Empty is allowed: RFC 9112 3.2 wants an empty field
    /// when the target has no authority.</summary>
    public static bool IsValid(ReadOnlySpan<byte> authority)
    {
        var hostEnd = authority.IndexOfAnyExcept(HttpCharacters.HostName);
        if (hostEnd < 0)
        {
            return true;
        }

        if (authority[hostEnd] == (byte)'[' && hostEnd == 0)
        {
            hostEnd = EndOfAddress(authority);
            if (hostEnd < 0)
            {
                return false;
            }

            if (hostEnd == authority.Length)
            {
                return true;
            }
        }

        return hostEnd > 0 && authority[hostEnd] == (byte)':' && IsPort(authority[(hostEnd + 1)..]);
    }

    // RFC 3986 3.2.2: the index behind the closing bracket, or -1.
    private static int EndOfAddress(ReadOnlySpan<byte> authority)
    {
        var close = 1 + authority[1..].IndexOfAnyExcept(HttpCharacters.IPv6);
        // The shortest address is "::".
        return close >= 3 && authority[close] == (byte)']' ? close + 1 : -1;
    }

    private static bool IsPort(ReadOnlySpan<byte> port)
    {
        if (port.Length > 5 || port.ContainsAnyExcept(HttpCharacters.Digit))
        {
            return false;
        }

        var value = 0;
        foreach (var digit in port)
        {
            value = (value * 10) + (digit - '0');
        }

        return value <= ushort.MaxValue;
    }
}
