using System.Globalization;

namespace Addergate.AspNetCore.Files;

/// <summary>What files say to caches.</summary>
/// <param name="maxAge">For those without a hash in their name; null = nothing.</param>
/// <param name="immutableUrls">Decoded paths below which every name has one.</param>
internal sealed class CachePolicy(TimeSpan? maxAge, IReadOnlyList<string> immutableUrls)
{
    private const string Immutable = "public, max-age=31536000, immutable";

    private readonly string? _others = maxAge is { } age
        ? string.Create(CultureInfo.InvariantCulture, $"public, max-age={(long)age.TotalSeconds}")
        : null;

    /// <summary><c>Cache-Control</c> for the file under a path, or null.</summary>
    public string? For(string path) => HashedName.Is(path) || IsBelow(path) ? Immutable : _others;

    private bool IsBelow(string path)
    {
        for (var i = 0; i < immutableUrls.Count; i++)
        {
            var url = immutableUrls[i];
            if (path.Length > url.Length && path[url.Length] == '/' && path.StartsWith(url, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
