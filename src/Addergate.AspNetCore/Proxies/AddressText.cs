using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Addergate.AspNetCore.Proxies;

/// <summary>
/// An address as proxies write it: <c>192.0.2.1</c>, <c>192.0.2.1:80</c>, <c>2001:db8::1</c>, <c>[2001:db8::1]</c>,
/// <c>[2001:db8::1]:80</c>. Never a name, so that nothing is looked up, and none of the framework's short, octal and
/// scoped forms, which other programs read as other addresses.
/// </summary>
internal static class AddressText
{
    /// <param name="text">Without blanks around it.</param>
    /// <param name="address">IPv4 when it is that in IPv6's form.</param>
    /// <param name="port">0 when there is none.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out IPAddress address, out int port)
    {
        address = IPAddress.None;
        port = 0;
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']');
            return end > 0 && TryParseIPv6(text[1..end], out address) && TryParsePort(text[(end + 1)..], out port);
        }

        var colon = text.IndexOf(':');
        if (colon >= 0 && text[(colon + 1)..].Contains(':'))
        {
            return TryParseIPv6(text, out address);
        }

        return TryParseIPv4(colon < 0 ? text : text[..colon], out address)
            && TryParsePort(colon < 0 ? default : text[colon..], out port);
    }

    public static bool TryParseIPv4(ReadOnlySpan<char> text, out IPAddress address)
    {
        Span<char> again = stackalloc char[16];
        return IPAddress.TryParse(text, out address!)
            && address.AddressFamily == AddressFamily.InterNetwork
            && address.TryFormat(again, out var length)
            && text.SequenceEqual(again[..length]);
    }

    public static bool TryParseIPv6(ReadOnlySpan<char> text, out IPAddress address)
    {
        address = IPAddress.None;
        if (!text.Contains(':') || text.ContainsAny("[]%/") || !IPAddress.TryParse(text, out var parsed))
        {
            return false;
        }

        address = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        return true;
    }

    /// <summary>With its colon; empty is none.</summary>
    private static bool TryParsePort(ReadOnlySpan<char> text, out int port)
    {
        port = 0;
        return text.IsEmpty || (text[0] == ':' && TryParsePortNumber(text[1..], out port));
    }

    public static bool TryParsePortNumber(ReadOnlySpan<char> text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port)
        && port is > 0 and <= ushort.MaxValue
        && text.Length <= 5;
}
