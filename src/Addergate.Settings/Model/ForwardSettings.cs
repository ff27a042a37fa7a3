namespace Addergate.Settings.Model;

/// <summary>What is passed on to other servers.</summary>
public sealed record ForwardSettings
{
    /// <summary>The longest URL first; each URL and each host once.</summary>
    public IReadOnlyList<ForwardRule> Rules { get; init; } = [];

    /// <summary>How long such a server may be silent; zero for ever.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>Hosts that are answered by another server alone.</summary>
    public IEnumerable<string> Hosts => Rules.Select(static rule => rule.Host).OfType<string>();
}
