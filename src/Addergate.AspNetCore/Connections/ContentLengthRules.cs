namespace Addergate.AspNetCore.Connections;

/// <summary>The value of Content-Length, RFC 9110 8.6: digits. No sign, no list, no base, no white space inside.
/// </summary>
internal static class ContentLengthRules
{
    /// <summary>Reads a value that was trimmed; false when it is anything but a number that fits.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out long length)
    {
        length = 0;
        // 19 digits are long.MaxValue's; a longer one overflows or is padded with zeros, which only an attack needs.
        if (value.IsEmpty || value.Length > 19)
        {
            return false;
        }

        foreach (var digit in value)
        {
            var number = (uint)(digit - '0');
            if (number > 9 || length > (long.MaxValue - number) / 10)
            {
                return false;
            }

            length = (length * 10) + number;
        }

        return true;
    }
}
