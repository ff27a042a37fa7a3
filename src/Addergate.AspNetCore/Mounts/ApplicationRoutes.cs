using Addergate.AspNetCore.Names;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Mounts;

/// <summary>
/// Which application a request is for: of those that have the host's name, the one whose mount point is the longest that the
/// path is below. Names that were given in full go before patterns, and these before the applications without a name; as with
/// virtual hosts, a name that some application has is never another one's. Immutable.
/// </summary>
public sealed class ApplicationRoutes
{
    private readonly Dictionary<string, ApplicationMount[]>.AlternateLookup<ReadOnlySpan<char>> _named;
    private readonly (string Pattern, ApplicationMount[] Mounts)[] _patterns;
    private readonly ApplicationMount[] _others;

    public ApplicationRoutes(IReadOnlyList<ApplicationMount> mounts)
    {
        var hosts = mounts.SelectMany(static mount => mount.Hosts).Distinct().ToArray();
        _named = hosts.Where(static host => !HostPattern.Is(host))
            .ToDictionary(static host => host, At, StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        _patterns = [.. hosts.Where(HostPattern.Is).Select(host => (host, At(host)))];
        _others = LongestFirst(mounts.Where(static mount => mount.Hosts.Count == 0));

        ApplicationMount[] At(string host) => LongestFirst(mounts.Where(mount => mount.Hosts.Contains(host)));
    }

    /// <param name="applications">Of one server, in the order of the settings.</param>
    public static ApplicationRoutes Of(IEnumerable<HostedApplication> applications) => new(
        [.. applications.Select(static (hosted, index) =>
            new ApplicationMount(index, hosted.Hosts, hosted.Application.MountPoint))]);

    /// <summary>The application for a path, and what of the path is its own; null when there is none there.</summary>
    /// <param name="host">The Host header, with a port or without.</param>
    /// <param name="path">Decoded.</param>
    /// <param name="rest">The path below the mount point.</param>
    /// <param name="knowsHost">False when no application answers to that name.</param>
    public ApplicationMount? Find(string? host, PathString path, out PathString rest, out bool knowsHost)
    {
        var mounts = MountsOf(host);
        knowsHost = mounts.Length > 0;
        foreach (var mount in mounts)
        {
            // The paths of URLs have cases.
            if (path.StartsWithSegments(mount.MountPoint, StringComparison.Ordinal, out rest))
            {
                return mount;
            }
        }

        rest = path;
        return null;
    }

    private ApplicationMount[] MountsOf(ReadOnlySpan<char> host)
    {
        var name = HostPattern.NameIn(host);
        if (_named.TryGetValue(name, out var mounts))
        {
            return mounts;
        }

        foreach (var (pattern, matching) in _patterns)
        {
            if (HostPattern.Matches(pattern, name))
            {
                return matching;
            }
        }

        return _others;
    }

    private static ApplicationMount[] LongestFirst(IEnumerable<ApplicationMount> mounts) =>
        [.. mounts.OrderByDescending(static mount => mount.MountPoint.Length)];
}
