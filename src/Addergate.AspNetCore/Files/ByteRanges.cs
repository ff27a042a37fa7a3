using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Addergate.AspNetCore.Files;

/// <summary>Reads a Range header (RFC 9110, 14).</summary>
internal static class ByteRanges
{
    // Ten pages of a document are a reader; a hundred overlapping ones are CVE-2011-3192.
    private const int Most = 16;

    /// <summary>The parts to send.</summary>
    /// <param name="header">The header.</param>
    /// <param name="length">Of the file.</param>
    /// <returns>Null when the whole file is to be sent: the header is malformed, or asks for more than it is worth. Empty when
    /// nothing of what it asks for is there (416).</returns>
    public static IReadOnlyList<ByteRange>? Read(StringValues header, long length)
    {
        if (header.Count != 1
            || length == 0
            || !RangeHeaderValue.TryParse(header[0], out var asked)
            || !asked.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase)
            || asked.Ranges.Count > Most)
        {
            return null;
        }

        var ranges = new List<ByteRange>();
        var total = 0L;
        foreach (var item in asked.Ranges)
        {
            var range = Resolve(item, length);
            if (range.Length > 0)
            {
                ranges.Add(range);
                total += range.Length;
            }
        }

        // Only what overlaps comes to more than the file.
        return total > length ? null : ranges;
    }

    private static ByteRange Resolve(RangeItemHeaderValue item, long length)
    {
        if (item.From is not { } from)
        {
            var suffix = Math.Min(item.To ?? 0, length);
            return new ByteRange(length - suffix, suffix);
        }

        var last = Math.Min(item.To ?? long.MaxValue, length - 1);
        return from > last ? default : new ByteRange(from, last - from + 1);
    }
}
