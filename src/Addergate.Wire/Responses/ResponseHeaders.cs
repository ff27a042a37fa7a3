using System.Text;

namespace Addergate.Wire.Responses;

/// <summary>
/// Response header names that travel as one byte, so that the front end has them as strings without an allocation.
/// The numbers are part of the wire version: append, never reorder.
/// </summary>
public static class ResponseHeaders
{
    private static readonly string[] Table =
    [
        "",
        "Content-Type",
        "Content-Length",
        "Set-Cookie",
        "Location",
        "Cache-Control",
        "Vary",
        "ETag",
        "Last-Modified",
        "Expires",
        "Date",
        "Server",
        "X-Frame-Options",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
        "Content-Language",
        "Content-Disposition",
        "Allow",
        "WWW-Authenticate",
        "Content-Encoding",
        "Accept-Ranges",
        "Content-Range",
        "Retry-After",
        "Link",
        "Strict-Transport-Security",
        "Content-Security-Policy",
        "Access-Control-Allow-Origin",
        "Access-Control-Allow-Methods",
        "Access-Control-Allow-Headers",
        "Access-Control-Allow-Credentials",
        "Access-Control-Expose-Headers",
        "Access-Control-Max-Age",
        "Pragma",
        "Age",
        "X-Request-ID",
        "Content-Location",
        "Permissions-Policy",
        "Server-Timing",
        "X-XSS-Protection",
    ];

    // Buckets by length: a header name is compared only with the few known ones of its length.
    private static readonly byte[][] ByLength = BuildByLength();

    /// <summary>One more than the highest number.</summary>
    public static int Count => Table.Length;

    /// <summary>Names by number; number 0 means a name of its own.</summary>
    public static ReadOnlySpan<string> Names => Table;

    /// <summary>Content-Length's number.</summary>
    public const byte ContentLength = 2;

    /// <summary>The number of a name in any case, 0 when it has none.</summary>
    public static byte Find(ReadOnlySpan<byte> name)
    {
        if ((uint)name.Length >= (uint)ByLength.Length)
        {
            return 0;
        }

        foreach (var number in ByLength[name.Length])
        {
            if (Ascii.EqualsIgnoreCase(name, Table[number]))
            {
                return number;
            }
        }

        return 0;
    }

    private static byte[][] BuildByLength()
    {
        var buckets = new byte[Table.Max(static name => name.Length) + 1][];
        for (var length = 0; length < buckets.Length; length++)
        {
            buckets[length] = [.. Enumerable.Range(1, Table.Length - 1)
                .Where(number => Table[number].Length == length)
                .Select(static number => (byte)number)];
        }

        return buckets;
    }
}
