using Addergate.Settings.Model;

namespace Addergate.AspNetCore.Names;

/// <summary>Which host names the site answers to (<c>--server-name</c> and its kin).</summary>
/// <param name="settings">With a server name.</param>
/// <param name="forwarded">Names that another server answers, through this one.</param>
internal sealed class HostNames(NameSettings settings, IEnumerable<string> forwarded)
{
    private const string Www = "www.";

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _names =
        new HashSet<string>(
            [
                settings.ServerName!,
                .. settings.Aliases.Where(static alias => !HostPattern.Is(alias)),
                .. forwarded,
                .. settings.AllowLocalhost ? ["localhost"] : Array.Empty<string>(),
            ],
            StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly string[] _patterns = [.. settings.Aliases.Where(HostPattern.Is)];

    // As mod_wsgi-express has it.
    private readonly string? _parent = settings.ServerName!.StartsWith(Www, StringComparison.Ordinal)
        ? settings.ServerName[Www.Length..]
        : null;

    /// <summary>What is to become of a request for a host.</summary>
    /// <param name="host">The Host header, with a port or without.</param>
    public HostVerdict Judge(ReadOnlySpan<char> host)
    {
        var name = HostPattern.NameIn(host);
        if (_names.Contains(name))
        {
            return HostVerdict.Ours;
        }

        foreach (var pattern in _patterns)
        {
            if (HostPattern.Matches(pattern, name))
            {
                return HostVerdict.Ours;
            }
        }

        return _parent is not null && name.Equals(_parent, StringComparison.OrdinalIgnoreCase)
            ? HostVerdict.Parent
            : HostVerdict.Unknown;
    }
}
