using System.Formats.Asn1;
using System.Text;

namespace Addergate.AspNetCore.Tls;

/// <summary>Names in certificates (X.501), read into parts. A part that is no text is left out.</summary>
internal static class DistinguishedName
{
    /// <summary>From the most general part to the most specific one, as in the certificate; each may have several values
    /// of equal rank.</summary>
    /// <param name="encoded">DER of a certificate that was read already.</param>
    public static IReadOnlyList<IReadOnlyList<(string Type, string Value)>> Parse(ReadOnlyMemory<byte> encoded)
    {
        var parts = new List<IReadOnlyList<(string, string)>>();
        try
        {
            var names = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData)
            {
                var values = new List<(string, string)>();
                var set = names.ReadSetOf(skipSortOrderValidation: true);
                while (set.HasData)
                {
                    var pair = set.ReadSequence();
                    var type = pair.ReadObjectIdentifier();
                    if (Text(pair) is { } text)
                    {
                        values.Add((type, text));
                    }
                }

                parts.Add(values);
            }
        }
        catch (AsnContentException)
        {
            // What was read up to here is what can be told.
        }

        return parts;
    }

    /// <summary>As RFC 2253 writes it, the most specific part first; as mod_ssl since Apache 2.4, letters beyond ASCII stay.
    /// </summary>
    public static string Write(IReadOnlyList<IReadOnlyList<(string Type, string Value)>> name)
    {
        var text = new StringBuilder();
        for (var index = name.Count - 1; index >= 0; index--)
        {
            for (var value = 0; value < name[index].Count; value++)
            {
                text.Append(value > 0 ? "+" : text.Length > 0 ? "," : "");
                text.Append(AttributeNames.InName(name[index][value].Type)).Append('=');
                Escape(text, name[index][value].Value);
            }
        }

        return text.ToString();
    }

    private static string? Text(AsnReader pair)
    {
        var tag = pair.PeekTag();
        if (tag.TagClass != TagClass.Universal)
        {
            return null;
        }

        var kind = (UniversalTagNumber)tag.TagValue;
        return kind is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String
            or UniversalTagNumber.BMPString or UniversalTagNumber.T61String or UniversalTagNumber.NumericString
            or UniversalTagNumber.VisibleString
                ? pair.ReadCharacterString(kind)
                : null;
    }

    // RFC 2253 2.4.
    private static void Escape(StringBuilder text, string value)
    {
        for (var at = 0; at < value.Length; at++)
        {
            var letter = value[at];
            var isAtEdge = (at == 0 && letter is ' ' or '#') || (at == value.Length - 1 && letter == ' ');
            if (letter is < ' ' or '\x7f')
            {
                text.Append('\\').Append(((int)letter).ToString("X2", null));
                continue;
            }

            if (isAtEdge || letter is ',' or '+' or '"' or '\\' or '<' or '>' or ';')
            {
                text.Append('\\');
            }

            text.Append(letter);
        }
    }
}
