using Addergate.Settings.Model;

namespace Addergate.AspNetCore.Files;

/// <summary>Which files a path may mean: the aliases, the longest first, then the document root.</summary>
internal sealed class FileRoutes
{
    private readonly FileRoute[] _aliases;
    private readonly FileRoute? _documentRoot;

    /// <param name="settings">What is served.</param>
    /// <param name="hasApplication">Whether there is anything behind the document root.</param>
    /// <param name="time">The clock.</param>
    public FileRoutes(StaticSettings settings, bool hasApplication, TimeProvider time)
    {
        _aliases = [.. settings.Aliases.Select(alias => new FileRoute(
            alias.Url,
            new FileRoot(alias.Path, alias.IsDirectory, settings.FollowSymlinks, time),
            FileRouteKind.Alias))];
        _documentRoot = settings.DocumentRoot is { } root
            ? new FileRoute(
                "",
                new FileRoot(root, isDirectory: true, settings.FollowSymlinks, time),
                hasApplication ? FileRouteKind.BeforeApplication : FileRouteKind.WholeSite)
            : null;
    }

    /// <summary>The route of a decoded path, or null.</summary>
    public FileRoute? Find(string path, out ReadOnlySpan<char> below)
    {
        foreach (var alias in _aliases)
        {
            if (alias.TryMatch(path, out below))
            {
                return alias;
            }
        }

        below = path;
        return _documentRoot;
    }
}
