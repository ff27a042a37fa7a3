using Addergate.Settings.Model;

namespace Addergate.Cli.WebServers;

/// <summary>A site of a web server that stands in front of this one.</summary>
internal sealed record FrontSite
{
    /// <summary>Letters, digits and underscores: for names in its configuration.</summary>
    internal required string Label { get; init; }

    /// <summary>Null where every name is answered.</summary>
    internal string? ServerName { get; init; }

    internal IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Port of the web server for HTTP.</summary>
    internal required int Port { get; init; }

    /// <summary>Its port for HTTPS, to which HTTP is sent; null when it speaks HTTP alone.</summary>
    internal int? HttpsPort { get; init; }

    /// <summary>For HTTPS, absolute.</summary>
    internal string Certificate { get; init; } = "";

    internal string CertificateKey { get; init; } = "";

    /// <summary>Where this server listens: <c>127.0.0.1:8000</c>, or <c>unix:/run/site/http.sock</c>.</summary>
    internal required string Upstream { get; init; }

    /// <summary>The path of the Unix socket, or null.</summary>
    internal string? UpstreamSocket =>
        Upstream.StartsWith(ListenSettings.UnixPrefix, StringComparison.Ordinal) ? Upstream[ListenSettings.UnixPrefix.Length..] : null;

    /// <summary>The path that goes to this server, without a slash at its end: empty for the whole site.</summary>
    internal string Prefix { get; init; } = "";

    /// <summary>The longest URL first.</summary>
    internal IReadOnlyList<FrontFiles> Files { get; init; } = [];

    /// <summary>Absolute, or null: its files go before the application.</summary>
    internal string? DocumentRoot { get; init; }

    /// <summary>The header for what is in it, or null.</summary>
    internal string? DocumentRootCache { get; init; }

    internal bool FollowsLinks { get; init; }

    /// <summary>Bytes of a request's body; 0 = no limit.</summary>
    internal required long BodyLimit { get; init; }

    /// <summary>For the first byte of an answer, and between two: longer than this server may take, so that its own answer
    /// for a request that takes too long arrives.</summary>
    internal required TimeSpan Patience { get; init; }

    /// <summary>How long an idle connection to this server may be kept: less than this server keeps it, or a request could
    /// be on its way into a closed one. Zero = not at all.</summary>
    internal required TimeSpan UpstreamIdle { get; init; }

    /// <summary>The scheme, name and port where browsers are sent from HTTP.</summary>
    internal string HttpsOrigin => HttpsPort is null or 443 ? $"https://{ServerName}" : $"https://{ServerName}:{HttpsPort}";
}
