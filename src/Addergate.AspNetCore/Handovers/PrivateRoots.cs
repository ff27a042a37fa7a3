using Addergate.AspNetCore.Files;
using Addergate.Settings.Model;

namespace Addergate.AspNetCore.Handovers;

/// <summary>The directories whose files only the application can have sent.</summary>
internal sealed class PrivateRoots(StaticSettings settings, TimeProvider time)
{
    // The longest URL first; matched like an alias.
    private readonly FileRoute[] _routes = [.. settings.PrivateRoots.Select(root => new FileRoute(
        root.Url, new FileRoot(root.Path, isDirectory: true, settings.FollowSymlinks, time), FileRouteKind.Alias))];

    /// <summary>Whether a decoded path of a URL is below one of them.</summary>
    public bool Has(string url) => FindByUrl(url) is not null;

    /// <summary>Where a handed-over path may lie, by its URL.</summary>
    public FileSpot? FindByUrl(string url)
    {
        foreach (var route in _routes)
        {
            if (route.TryMatch(url, out var below))
            {
                return new FileSpot(route.Root, below.ToString());
            }
        }

        return null;
    }

    /// <summary>Where a path of this machine may lie: below a root as it was declared, or as it is with its links followed,
    /// which is what <c>Path(__file__).resolve()</c> gives to an application. Opens the roots, so it may wait for a disk.
    /// </summary>
    public IEnumerable<FileSpot> FindByFile(string path)
    {
        foreach (var route in _routes)
        {
            if (Below(path, route.Root.Path) is { } below)
            {
                yield return new FileSpot(route.Root, below);
            }

            route.Root.Open("", onlyCached: false, out _)?.Dispose();
            if (route.Root.RealPath() is { } real && real != route.Root.Path && Below(path, real) is { } belowReal)
            {
                yield return new FileSpot(route.Root, belowReal);
            }
        }
    }

    private static string? Below(string path, string root) =>
        path.Length > root.Length && path[root.Length] == '/' && path.StartsWith(root, StringComparison.Ordinal)
            ? path[root.Length..]
            : null;
}
