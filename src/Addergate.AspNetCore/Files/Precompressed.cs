using Addergate.Posix;
using Addergate.Posix.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Addergate.AspNetCore.Files;

/// <summary>Finds the file that stands beside another, compressed: <c>app.css.br</c>, <c>.zst</c> or <c>.gz</c>.</summary>
internal static class Precompressed
{
    // Copying a directory gives its files the times of the copying, in any order. What is older by more was left behind
    // when the file was changed.
    private const int OlderBySeconds = 60;

    // The densest first; for clients that like several as well.
    private static readonly (string Coding, string Ending)[] Codings = [("br", ".br"), ("zstd", ".zst"), ("gzip", ".gz")];

    /// <summary>Opens the one that the client likes best.</summary>
    /// <param name="request">Its <c>Accept-Encoding</c> counts.</param>
    /// <param name="place">Of the file.</param>
    /// <param name="file">The file itself.</param>
    /// <param name="onlyCached">Do not wait for a disk.</param>
    /// <param name="mustWait">A disk would be waited for; nothing was found yet.</param>
    /// <param name="coding">Of the result.</param>
    public static OpenedFile? TryOpen(
        IHeaderDictionary request, FilePlace place, OpenedFile file, bool onlyCached, out bool mustWait, out string? coding)
    {
        mustWait = false;
        coding = null;
        Span<double> qualities = stackalloc double[Codings.Length];
        if (!TryRead(request.AcceptEncoding, qualities))
        {
            return null;
        }

        // By falling quality; the order of the table among equals.
        while (true)
        {
            var best = -1;
            for (var i = 0; i < qualities.Length; i++)
            {
                best = qualities[i] > 0 && (best < 0 || qualities[i] > qualities[best]) ? i : best;
            }

            if (best < 0)
            {
                return null;
            }

            qualities[best] = 0;
            var sibling = place.Open(Codings[best].Ending, onlyCached, out var error);
            if (sibling is null && error == Errno.Again)
            {
                mustWait = true;
                return null;
            }

            if (sibling is { Kind: OpenedFileKind.Regular, Length: > 0 }
                && sibling.ModifiedSeconds >= file.ModifiedSeconds - OlderBySeconds)
            {
                coding = Codings[best].Coding;
                return sibling;
            }

            sibling?.Dispose();
        }
    }

    private static bool TryRead(StringValues header, Span<double> qualities)
    {
        if (header.Count == 0 || !StringWithQualityHeaderValue.TryParseList(header!, out var accepted))
        {
            return false;
        }

        qualities.Fill(-1);
        var others = 0.0;
        foreach (var item in accepted)
        {
            if (item.Value == "*")
            {
                others = item.Quality ?? 1;
            }

            for (var i = 0; i < Codings.Length; i++)
            {
                if (item.Value.Equals(Codings[i].Coding, StringComparison.OrdinalIgnoreCase))
                {
                    qualities[i] = item.Quality ?? 1;
                }
            }
        }

        foreach (ref var quality in qualities)
        {
            quality = quality < 0 ? others : quality;
        }

        return true;
    }
}
