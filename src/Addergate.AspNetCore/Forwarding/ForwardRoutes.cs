using Addergate.AspNetCore.Requests;
using Addergate.Settings.Model;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>Which requests another server answers: those for its host, then those below its URL, the longest first.</summary>
internal sealed class ForwardRoutes
{
    private readonly ForwardRoute[] _mounts;
    private readonly Dictionary<string, ForwardRoute>.AlternateLookup<ReadOnlySpan<char>> _hosts;

    public ForwardRoutes(ForwardSettings settings, IReadOnlyList<FileAlias> aliases)
    {
        _mounts = [.. settings.Rules
            .Where(static rule => rule.Host is null)
            .Select(rule => new ForwardRoute(
                rule, [.. aliases.Where(alias => alias.Url.StartsWith(rule.Url + "/", StringComparison.Ordinal))]))];
        _hosts = settings.Rules
            .Where(static rule => rule.Host is not null)
            .ToDictionary(
                static rule => rule.Host!, static rule => new ForwardRoute(rule, []), StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        All = [.. _mounts, .. _hosts.Dictionary.Values];
    }

    public IReadOnlyList<ForwardRoute> All { get; }

    /// <summary>The route of a request, or null.</summary>
    /// <param name="host">The Host header, with a port or without.</param>
    /// <param name="path">Decoded, as the web server has it.</param>
    public ForwardRoute? Find(string? host, string path)
    {
        if (_hosts.Dictionary.Count > 0)
        {
            HostSplit.Split(host, out var name, out _);
            if (_hosts.TryGetValue(name.TrimEnd('.'), out var route))
            {
                return route;
            }
        }

        foreach (var mount in _mounts)
        {
            if (mount.Matches(path))
            {
                return mount;
            }
        }

        return null;
    }
}
