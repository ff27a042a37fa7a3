namespace Addergate.AspNetCore.Connections;

/// <summary>The line before a chunk's data, RFC 9112 7.1: hexadecimal digits, then extensions.</summary>
internal static class ChunkSizeRules
{
    // 31 bits, as the server behind reads it. Larger chunks do not exist.
    private const int MaxDigits = 8;
    private const long MaxSize = int.MaxValue;

    /// <summary>Checks a line without its CRLF.</summary>
    public static Violation Check(ReadOnlySpan<byte> line, out long size)
    {
        size = 0;
        var digits = 0;
        while (digits < line.Length && char.IsAsciiHexDigit((char)line[digits]))
        {
            if (digits == MaxDigits)
            {
                return Violation.ChunkSize;
            }

            size = (size << 4) | HexValue(line[digits]);
            digits++;
        }

        if (digits == 0 || size > MaxSize)
        {
            return Violation.ChunkSize;
        }

        if (digits == line.Length)
        {
            return Violation.None;
        }

        // The grammar allows white space before the semicolon, but only as something to be tolerated: nobody sends it.
        return line[digits] == (byte)';' ? CheckExtensions(line[digits..]) : Violation.ChunkSize;
    }

    private static uint HexValue(byte digit) =>
        (uint)(char.IsAsciiDigit((char)digit) ? digit - '0' : (digit | 0x20) - 'a' + 10);

    // RFC 9112 7.1.1: *( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] ). They are checked, then ignored.
    private static Violation CheckExtensions(ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            if (rest[0] != (byte)';')
            {
                return Violation.ChunkExtension;
            }

            rest = SkipSpace(rest[1..]);
            if (!TrySkipToken(ref rest))
            {
                return Violation.ChunkExtension;
            }

            rest = SkipSpace(rest);
            if (!rest.IsEmpty && rest[0] == (byte)'=')
            {
                rest = SkipSpace(rest[1..]);
                if (!TrySkipQuoted(ref rest) && !TrySkipToken(ref rest))
                {
                    return Violation.ChunkExtension;
                }

                rest = SkipSpace(rest);
            }
        }

        return Violation.None;
    }

    private static ReadOnlySpan<byte> SkipSpace(ReadOnlySpan<byte> rest) => rest.TrimStart(" \t"u8);

    private static bool TrySkipToken(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAnyExcept(HttpCharacters.Token);
        end = end < 0 ? rest.Length : end;
        rest = rest[end..];
        return end > 0;
    }

    // RFC 9110 5.6.4. Control characters cannot be here: the line was searched for them.
    private static bool TrySkipQuoted(ref ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || rest[0] != (byte)'"')
        {
            return false;
        }

        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == (byte)'"')
            {
                rest = rest[(i + 1)..];
                return true;
            }

            if (rest[i] == (byte)'\\')
            {
                i++;
            }
        }

        return false;
    }
}
