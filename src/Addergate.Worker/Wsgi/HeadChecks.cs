using System.Buffers;
using System.Text;

namespace Addergate.Worker.Wsgi;

/// <summary>
/// What may be in a response head (PEP 3333, RFC 9110): nothing that passes here can end a header, start another or
/// change how the message is framed. Each check returns null, or for people what is wrong.
/// </summary>
internal static class HeadChecks
{
    // A reason phrase is a few words; HTTP/2 does not carry it at all.
    private const int MaxStatus = 1024;

    private static readonly SearchValues<byte> TokenBytes = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    // All controls but the tab, which RFC 9110 allows inside a field value.
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(static c => c != '\t').Select(static c => (byte)c), 127]);

    internal static string? Status(ReadOnlySpan<byte> status, out ushort code)
    {
        code = 0;
        if (status.Length < 4 || status[3] != ' ' || status[..3].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return "the status must be three digits, a space and a reason, such as '200 OK'";
        }

        code = (ushort)(((status[0] - '0') * 100) + ((status[1] - '0') * 10) + (status[2] - '0'));
        if (code < 200)
        {
            return "the status of a response must be 200 or above";
        }

        if (status.Length > MaxStatus)
        {
            return $"the status is longer than {MaxStatus} bytes";
        }

        return status.ContainsAny(Controls) || status.Contains((byte)'\t')
            ? "the status holds a control character"
            : null;
    }

    internal static string? Name(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return "a header has an empty name";
        }

        if (name.ContainsAnyExcept(TokenBytes))
        {
            return $"the header name '{Printable(name)}' holds a character that is not allowed";
        }

        return IsHopByHop(name)
            ? $"the header '{Printable(name)}' belongs to the connection; an application must not set it"
            : null;
    }

    internal static string? Value(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => value.ContainsAny(Controls)
        ? $"the value of the header '{Printable(name)}' holds a control character"
        : null;

    /// <summary>Reads a Content-Length: digits and nothing else.</summary>
    internal static string? ContentLength(ReadOnlySpan<byte> value, out long length)
    {
        length = 0;
        foreach (var digit in value)
        {
            if (digit is < (byte)'0' or > (byte)'9' || length > (long.MaxValue - 9) / 10)
            {
                length = -1;
                break;
            }

            length = (length * 10) + (digit - '0');
        }

        return value.IsEmpty || length < 0 ? $"Content-Length is '{Printable(value)}', not a number" : null;
    }

    // The names of PEP 3333's "hop-by-hop" (RFC 2616, 13.5.1), by their lengths.
    private static bool IsHopByHop(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => Ascii.EqualsIgnoreCase(name, "te"u8),
        7 => Ascii.EqualsIgnoreCase(name, "trailer"u8) || Ascii.EqualsIgnoreCase(name, "upgrade"u8),
        8 => Ascii.EqualsIgnoreCase(name, "trailers"u8),
        10 => Ascii.EqualsIgnoreCase(name, "connection"u8) || Ascii.EqualsIgnoreCase(name, "keep-alive"u8),
        17 => Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8),
        18 => Ascii.EqualsIgnoreCase(name, "proxy-authenticate"u8),
        19 => Ascii.EqualsIgnoreCase(name, "proxy-authorization"u8),
        _ => false,
    };

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes.Length <= 100 ? bytes : bytes[..100]);
        return string.Concat(text.Select(static c => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString()));
    }
}
