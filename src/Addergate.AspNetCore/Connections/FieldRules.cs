namespace Addergate.AspNetCore.Connections;

/// <summary>A header or trailer line, RFC 9112 5: <c>field-name ":" OWS field-value OWS</c>.</summary>
internal static class FieldRules
{
    /// <summary>Splits a line without its CRLF.</summary>
    /// <param name="line">The line; control characters were looked for before.</param>
    /// <param name="name">The name as sent.</param>
    /// <param name="value">The value without the white space around it.</param>
    public static Violation Split(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        // One search covers three rules: the name is a token (RFC 9110 5.1), it is not empty, and the colon follows it
        // without white space (RFC 9112 5.1).
        var end = line.IndexOfAnyExcept(HttpCharacters.Token);
        if (end > 0 && line[end] == (byte)':')
        {
            name = line[..end];
            value = line[(end + 1)..].Trim(" \t"u8);
            return Violation.None;
        }

        name = default;
        value = default;
        // RFC 9112 5.2: a continued line is refused, since others join or drop it.
        return end == 0 && line[0] is (byte)' ' or (byte)'\t' ? Violation.FoldedLine : Violation.FieldName;
    }
}
