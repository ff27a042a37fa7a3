using System.Buffers;

namespace Addergate.AspNetCore.Requests;

/// <summary>
/// Makes the bytes of SCRIPT_NAME + PATH_INFO from a raw path. Percent escapes are decoded once, <c>%2F</c> too; what
/// is no escape stays as it is; <c>//</c> stays. Dot segments are removed, as Apache and Kestrel do, so that the
/// application sees the path that authentication and mounts were decided on; a segment is what stands between slashes
/// that the client sent as such, so <c>..%2F</c> is an ordinary name.
/// </summary>
internal static class PathDecoder
{
    private static readonly SearchValues<char> Special = SearchValues.Create("%.");

    /// <summary>Decodes.</summary>
    /// <param name="rawPath">Begins with a slash, or is empty.</param>
    /// <param name="destination">At least as long as the path.</param>
    /// <returns>Bytes written, or -1 when the path holds what no application must see: NUL.</returns>
    public static int Decode(ReadOnlySpan<char> rawPath, Span<byte> destination)
    {
        if (rawPath.IndexOfAny(Special) < 0)
        {
            return System.Text.Encoding.Latin1.GetBytes(rawPath, destination);
        }

        return DecodeSegments(rawPath, destination[..rawPath.Length]);
    }

    // From the last segment to the first, so that a ".." only has to be counted: what it takes away comes after it, and
    // no list of segments is needed. The result grows from the end of the destination towards its start.
    private static int DecodeSegments(ReadOnlySpan<char> rawPath, Span<byte> destination)
    {
        var start = destination.Length;
        var takenAway = 0;
        for (var isLast = true; !rawPath.IsEmpty; isLast = false)
        {
            var slash = Math.Max(0, rawPath.LastIndexOf('/'));
            var raw = rawPath[slash..];
            rawPath = rawPath[..slash];
            var room = destination[(start - raw.Length)..start];
            var segment = room[..Unescape(raw, room)];
            if (segment.Contains((byte)0))
            {
                return -1;
            }

            if (segment.SequenceEqual("/."u8) || segment.SequenceEqual("/.."u8))
            {
                takenAway += segment.Length - 2;
                segment = isLast ? segment[..1] : default;
            }
            else if (takenAway > 0)
            {
                takenAway--;
                segment = default;
            }

            segment.CopyTo(destination[(start - segment.Length)..]);
            start -= segment.Length;
        }

        if (start == destination.Length && start > 0)
        {
            destination[--start] = (byte)'/';
        }

        destination[start..].CopyTo(destination);
        return destination.Length - start;
    }

    /// <summary>Decodes percent escapes once, whatever they stand for.</summary>
    /// <returns>Bytes written, at most one for each character.</returns>
    public static int Unescape(ReadOnlySpan<char> segment, Span<byte> destination)
    {
        var length = 0;
        for (var i = 0; i < segment.Length; i++)
        {
            var c = segment[i];
            if (c == '%' && i + 2 < segment.Length
                && char.IsAsciiHexDigit(segment[i + 1]) && char.IsAsciiHexDigit(segment[i + 2]))
            {
                c = (char)((HexValue(segment[i + 1]) << 4) | HexValue(segment[i + 2]));
                i += 2;
            }

            destination[length++] = (byte)c;
        }

        return length;
    }

    private static int HexValue(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}
