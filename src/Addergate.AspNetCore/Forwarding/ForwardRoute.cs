using Addergate.AspNetCore.Proxies;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>A host or a URL whose requests another server answers.</summary>
/// <param name="rule">What was asked for.</param>
/// <param name="exceptions">Aliases below its URL: the longer one counts.</param>
internal sealed class ForwardRoute(ForwardRule rule, IReadOnlyList<FileAlias> exceptions)
{
    public ForwardRule Rule => rule;

    /// <summary>How many segments of a path stand for the mount point.</summary>
    public int MountedSegments { get; } = rule.Url.Count(static letter => letter == '/');

    /// <summary>The mount point as it is written in headers; empty for a host.</summary>
    public string EncodedUrl { get; } = new PathString(rule.Url).ToUriComponent();

    /// <summary>The same as clients know it: behind what a trusted proxy has taken off the path.</summary>
    public string PublicUrl(HttpContext context) =>
        context.Features.Get<ProxiedServer>()?.MountPoint is { Length: > 0 } outer
            ? new PathString(outer).ToUriComponent() + EncodedUrl
            : EncodedUrl;

    /// <summary>Whether a decoded path is the mount point or below it, and not an alias's.</summary>
    public bool Matches(string path) =>
        IsAtOrBelow(path, rule.Url)
        && !exceptions.Any(alias => alias.IsDirectory ? IsAtOrBelow(path, alias.Url) : path == alias.Url);

    /// <summary>Whether a path that matches lacks the slash behind the mount point, without which the relative links of a page
    /// would lead elsewhere.</summary>
    public bool LacksSlash(string path) => path.Length == rule.Url.Length && rule.Url.Length > 0;

    private static bool IsAtOrBelow(string path, string url) =>
        path.StartsWith(url, StringComparison.Ordinal) && (path.Length == url.Length || path[url.Length] == '/');
}
