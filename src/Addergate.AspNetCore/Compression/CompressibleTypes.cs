using System.Collections.Frozen;

namespace Addergate.AspNetCore.Compression;

/// <summary>Media types that are worth compressing: text under one name or another, and formats that are not compressed
/// themselves. <c>text/event-stream</c> is not among them: its items are small and must not wait.</summary>
internal static class CompressibleTypes
{
    // mod_wsgi-express has the first eight.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> All = FrozenSet.ToFrozenSet(
        [
            "text/plain", "text/html", "text/xml", "text/css", "text/javascript", "application/xhtml+xml",
            "application/javascript", "application/json", "text/csv", "text/markdown", "text/calendar", "text/vtt",
            "application/xml", "application/rss+xml", "application/atom+xml", "application/ld+json", "application/geo+json",
            "application/problem+json", "application/manifest+json", "application/vnd.api+json", "application/graphql",
            "application/wasm", "application/x-ndjson", "application/yaml", "image/svg+xml", "image/bmp", "image/x-icon",
            "image/vnd.microsoft.icon", "font/ttf", "font/otf", "application/vnd.ms-fontobject",
        ],
        StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Looks at a <c>Content-Type</c>, parameters and all.</summary>
    public static bool Contains(ReadOnlySpan<char> contentType)
    {
        var semicolon = contentType.IndexOf(';');
        return All.Contains((semicolon < 0 ? contentType : contentType[..semicolon]).Trim());
    }
}
