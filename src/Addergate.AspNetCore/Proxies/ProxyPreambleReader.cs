using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Addergate.AspNetCore.Proxies;

/// <summary>
/// The PROXY protocol, versions 1 and 2, as HAProxy's proxy-protocol.txt describes it. By the letter: what a sender may
/// not write is malformed, since it means that no such sender is there.
/// </summary>
internal static class ProxyPreambleReader
{
    /// <summary>More than any proxy writes: 16 bytes, addresses of at most 216, and extensions.</summary>
    public const int LongestVersion2 = 4096;

    // 2.1: "107 chars", with the CRLF.
    private const int LongestVersion1 = 107;

    private const int Version2Head = 16;

    private const int IPv4Block = 12;

    private const int IPv6Block = 36;

    private const int UnixBlock = 216;

    private static ReadOnlySpan<byte> Version1 => "PROXY "u8;

    private static ReadOnlySpan<byte> Version2 => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Reads it from the first bytes of a connection.</summary>
    public static ProxyPreambleStatus Read(ReadOnlySpan<byte> bytes, out ProxyPreamble preamble)
    {
        preamble = default;
        if (bytes.IsEmpty)
        {
            return ProxyPreambleStatus.Incomplete;
        }

        return bytes[0] == Version1[0] ? ReadVersion1(bytes, out preamble) : ReadVersion2(bytes, out preamble);
    }

    private static ProxyPreambleStatus ReadVersion1(ReadOnlySpan<byte> bytes, out ProxyPreamble preamble)
    {
        preamble = default;
        var known = Math.Min(bytes.Length, Version1.Length);
        if (!bytes[..known].SequenceEqual(Version1[..known]))
        {
            return ProxyPreambleStatus.Malformed;
        }

        var line = bytes[..Math.Min(bytes.Length, LongestVersion1)];
        var end = line.IndexOf((byte)'\n');
        if (end < 0)
        {
            return bytes.Length < LongestVersion1 ? ProxyPreambleStatus.Incomplete : ProxyPreambleStatus.Malformed;
        }

        if (line[end - 1] != (byte)'\r' || !Ascii.IsValid(line[..end]))
        {
            return ProxyPreambleStatus.Malformed;
        }

        // Six fields at most, and one more to see that there are not.
        var text = Encoding.ASCII.GetString(line[..(end - 1)]);
        var fields = text.Split(' ');
        if (fields[1] == "UNKNOWN")
        {
            preamble = new ProxyPreamble(end + 1, null, null);
            return ProxyPreambleStatus.Complete;
        }

        if (fields.Length != 6
            || !TryParseAddress(fields[1], fields[2], out var source)
            || !TryParseAddress(fields[1], fields[3], out var destination)
            || !TryParsePort(fields[4], out var sourcePort)
            || !TryParsePort(fields[5], out var destinationPort))
        {
            return ProxyPreambleStatus.Malformed;
        }

        preamble = new ProxyPreamble(
            end + 1, new IPEndPoint(source, sourcePort), new IPEndPoint(destination, destinationPort));
        return ProxyPreambleStatus.Complete;
    }

    private static bool TryParseAddress(string family, string text, out IPAddress address)
    {
        address = IPAddress.None;
        return family switch
        {
            "TCP4" => AddressText.TryParseIPv4(text, out address),
            "TCP6" => AddressText.TryParseIPv6(text, out address),
            _ => false,
        };
    }

    // 0 is a port here, a leading zero is not.
    private static bool TryParsePort(string text, out int port)
    {
        port = 0;
        return text == "0" || (!text.StartsWith('0') && AddressText.TryParsePortNumber(text, out port));
    }

    private static ProxyPreambleStatus ReadVersion2(ReadOnlySpan<byte> bytes, out ProxyPreamble preamble)
    {
        preamble = default;
        var known = Math.Min(bytes.Length, Version2.Length);
        if (!bytes[..known].SequenceEqual(Version2[..known]))
        {
            return ProxyPreambleStatus.Malformed;
        }

        if (bytes.Length < Version2Head)
        {
            return ProxyPreambleStatus.Incomplete;
        }

        var length = Version2Head + BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        if (length > LongestVersion2)
        {
            return ProxyPreambleStatus.Malformed;
        }

        if (bytes.Length < length)
        {
            return ProxyPreambleStatus.Incomplete;
        }

        var rest = bytes[Version2Head..length];
        switch (bytes[12])
        {
            // LOCAL: a health check of the proxy's own. Whatever follows is to be left out.
            case 0x20:
                preamble = new ProxyPreamble(length, null, null);
                return ProxyPreambleStatus.Complete;
            case 0x21:
                break;
            default:
                return ProxyPreambleStatus.Malformed;
        }

        switch (bytes[13])
        {
            case 0x00:
                preamble = new ProxyPreamble(length, null, null);
                return ProxyPreambleStatus.Complete;
            case 0x11 when rest.Length >= IPv4Block && AreExtensions(rest[IPv4Block..]):
                preamble = Addresses(length, rest, size: 4);
                return ProxyPreambleStatus.Complete;
            case 0x21 when rest.Length >= IPv6Block && AreExtensions(rest[IPv6Block..]):
                preamble = Addresses(length, rest, size: 16);
                return ProxyPreambleStatus.Complete;
            // A client on a unix socket of the proxy's machine has no address.
            case 0x31 when rest.Length >= UnixBlock && AreExtensions(rest[UnixBlock..]):
                preamble = new ProxyPreamble(length, null, null);
                return ProxyPreambleStatus.Complete;
            default:
                return ProxyPreambleStatus.Malformed;
        }
    }

    private static ProxyPreamble Addresses(int length, ReadOnlySpan<byte> block, int size)
    {
        var ports = block[(2 * size)..];
        return new ProxyPreamble(
            length,
            new IPEndPoint(Address(block[..size]), BinaryPrimitives.ReadUInt16BigEndian(ports)),
            new IPEndPoint(Address(block[size..(2 * size)]), BinaryPrimitives.ReadUInt16BigEndian(ports[2..])));

        static IPAddress Address(ReadOnlySpan<byte> bytes)
        {
            var address = new IPAddress(bytes);
            return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        }
    }

    // 2.2.1: type, length, value; they fill the rest. None of them changes anything here.
    private static bool AreExtensions(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 3)
        {
            var length = 3 + BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]);
            if (length > bytes.Length)
            {
                return false;
            }

            bytes = bytes[length..];
        }

        return bytes.IsEmpty;
    }
}
