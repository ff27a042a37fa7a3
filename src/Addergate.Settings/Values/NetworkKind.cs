using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Addergate.Settings.Values;

/// <summary>An address, or a network in CIDR notation. Bits behind the prefix are cleared, as Apache does.</summary>
internal static class NetworkKind
{
    internal static ValueKind<IPNetwork> Instance { get; } = new(
        "NETWORK", "an IPv4 or IPv6 address, or a network as in 10.0.0.0/8", Parse, static network => network.ToString());

    private static Parsed<IPNetwork> Parse(string text)
    {
        var slash = text.IndexOf('/');
        var written = slash < 0 ? text : text[..slash];
        if (!IPAddress.TryParse(written, out var address) || !IsPlain(written, address))
        {
            return Parsed<IPNetwork>.Wrong("is not an address or network; write it as in 10.0.0.7, 10.0.0.0/8 or 2001:db8::/32");
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return Parsed<IPNetwork>.Wrong($"is an IPv4 address in IPv6's clothes; write {address.MapToIPv4()}");
        }

        var bytes = address.GetAddressBytes();
        var length = bytes.Length * 8;
        if (slash >= 0
            && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length)
                || length > bytes.Length * 8))
        {
            return Parsed<IPNetwork>.Wrong($"has no prefix length from 0 to {bytes.Length * 8} after the slash");
        }

        for (var bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), length);
    }

    // What the framework also takes: 1, 0x7f.1, 010.0.0.1, [::1]:80, fe80::1%eth0.
    private static bool IsPlain(string text, IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork
            ? address.ToString() == text
            : !text.AsSpan().ContainsAny('[', ']', '%');
}
