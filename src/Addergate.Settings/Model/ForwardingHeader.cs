namespace Addergate.Settings.Model;

/// <summary>A request header in which proxies tell something of the client.</summary>
/// <param name="Name">As it is usually written.</param>
/// <param name="Facts">What it tells; headers that tell the same are synonyms.</param>
public sealed record ForwardingHeader(string Name, ForwardedFacts Facts)
{
    /// <summary>RFC 7239.</summary>
    public const string Standard = "Forwarded";

    /// <summary>Those that mod_wsgi knows, and the two that came after it.</summary>
    public static IReadOnlyList<ForwardingHeader> All { get; } =
    [
        new("X-Forwarded-For", ForwardedFacts.ClientAddress),
        new("X-Client-IP", ForwardedFacts.ClientAddress),
        new("X-Real-IP", ForwardedFacts.ClientAddress),
        new("X-Forwarded-Host", ForwardedFacts.Host),
        new("X-Host", ForwardedFacts.Host),
        new("X-Forwarded-Server", ForwardedFacts.ServerName),
        new("X-Forwarded-Port", ForwardedFacts.Port),
        new("X-Script-Name", ForwardedFacts.MountPoint),
        new("X-Forwarded-Script-Name", ForwardedFacts.MountPoint),
        new("X-Forwarded-Prefix", ForwardedFacts.MountPoint),
        new("X-Forwarded-Proto", ForwardedFacts.Scheme),
        new("X-Forwarded-Scheme", ForwardedFacts.Scheme),
        new("X-Scheme", ForwardedFacts.Scheme),
        new("X-Forwarded-HTTPS", ForwardedFacts.Scheme),
        new("X-Forwarded-SSL", ForwardedFacts.Scheme),
        new("X-HTTPS", ForwardedFacts.Scheme),
        new(Standard, ForwardedFacts.ClientAddress | ForwardedFacts.Host | ForwardedFacts.Scheme),
    ];

    public static ForwardingHeader? Find(string name) =>
        All.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
