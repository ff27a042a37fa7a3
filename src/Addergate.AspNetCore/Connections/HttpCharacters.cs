using System.Buffers;

namespace Addergate.AspNetCore.Connections;

/// <summary>Character classes of RFC 9110 and RFC 3986, as sets that are searched many bytes at a time.</summary>
internal static class HttpCharacters
{
    /// <summary>tchar, RFC 9110 5.6.2: all that a method or a field name may consist of.</summary>
    public static readonly SearchValues<byte> Token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>What may not occur inside a line of a message: every control character but the tab (RFC 9110 5.5).
    /// CR is among them, so a search for these finds the line's end too.</summary>
    public static readonly SearchValues<byte> Control = SearchValues.Create(Controls());

    /// <summary>What a request target may consist of: visible ASCII, no fragment mark (RFC 9112 3.2). Wider than RFC
    /// 3986, since browsers send <c>|</c> and braces as they are.</summary>
    public static readonly SearchValues<byte> Target = SearchValues.Create(Visible(except: (byte)'#'));

    /// <summary>What a host name may consist of: unreserved and sub-delims of RFC 3986 3.2.2 without the comma, which
    /// would hide two hosts in one field, and without percent-encoding, which no host here needs.</summary>
    public static readonly SearchValues<byte> HostName = SearchValues.Create(
        "-._~!$&'()*+;=0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>What stands between the brackets of an IPv6 address (RFC 3986 3.2.2; no zone, no future version).
    /// </summary>
    public static readonly SearchValues<byte> IPv6 = SearchValues.Create("0123456789ABCDEFabcdef:."u8);

    public static readonly SearchValues<byte> Digit = SearchValues.Create("0123456789"u8);

    private static byte[] Controls() =>
        [.. Enumerable.Range(0, 128).Select(static i => (byte)i).Where(static b => b is (< 0x20 and not 0x09) or 0x7F)];

    private static byte[] Visible(byte except) =>
        [.. Enumerable.Range(0x21, 0x7F - 0x21).Select(static i => (byte)i).Where(b => b != except)];
}
