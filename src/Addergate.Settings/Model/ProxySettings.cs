namespace Addergate.Settings.Model;

/// <summary>Which proxies are believed, and what.</summary>
public sealed record ProxySettings
{
    /// <summary>Networks of the proxies that are trusted, as <c>10.0.0.0/8</c>. Empty: nobody is, and all that
    /// proxies tell is removed.</summary>
    public IReadOnlyList<string> Trusted { get; init; } = [];

    /// <summary>Names from <see cref="ForwardingHeader.All"/> that they set; of two that tell the same the later one
    /// counts.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Whether connections from them begin with the PROXY protocol.</summary>
    public bool Protocol { get; init; }
}
