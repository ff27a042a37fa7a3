namespace Addergate.AspNetCore.Files;

/// <summary>A URL and the files below it.</summary>
/// <param name="Url">Decoded path without a slash at its end; empty for the root.</param>
/// <param name="Root">The files.</param>
/// <param name="Kind">What stands behind it.</param>
internal sealed record FileRoute(string Url, FileRoot Root, FileRouteKind Kind)
{
    /// <summary>Whether it is the document root, which scripts may answer for files of.</summary>
    public bool IsDocumentRoot => Kind != FileRouteKind.Alias;

    /// <summary>Whether what it does not have is the application's. Else it is 404.</summary>
    public bool FallsThrough => Kind == FileRouteKind.BeforeApplication;

    /// <summary>Whether a path is this URL or below it. An alias of one file is that URL alone.</summary>
    public bool TryMatch(string path, out ReadOnlySpan<char> below)
    {
        below = default;
        if (!path.StartsWith(Url, StringComparison.Ordinal))
        {
            return false;
        }

        below = path.AsSpan(Url.Length);
        return below.IsEmpty || (Root.IsDirectory && below[0] == '/');
    }
}
