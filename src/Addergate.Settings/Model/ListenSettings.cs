namespace Addergate.Settings.Model;

/// <summary>Where clients connect.</summary>
public sealed record ListenSettings
{
    /// <summary>An IP address to bind, or <c>unix:</c> and an absolute path.</summary>
    public required string Host { get; init; }

    /// <summary>The path of the Unix socket to bind; null for an address.</summary>
    public string? UnixSocket() => Host.StartsWith(UnixPrefix, StringComparison.Ordinal) ? Host[UnixPrefix.Length..] : null;

    /// <summary>What a <see cref="Host"/> that is a path begins with.</summary>
    public const string UnixPrefix = "unix:";

    /// <summary>Permissions of the Unix socket.</summary>
    public int SocketMode { get; init; }

    /// <summary>Group of the Unix socket; null for the application's.</summary>
    public uint? SocketGroup { get; init; }

    /// <summary>For people: why this address (option, PORT variable, container, default).</summary>
    public required string HostReason { get; init; }

    /// <summary>TCP port, 0 = one that is free.</summary>
    public required int Port { get; init; }

    /// <summary>TLS port, or null; 0 = one that is free.</summary>
    public int? HttpsPort { get; init; }

    public TlsSettings Tls { get; init; } = new();

    /// <summary>HTTP/2 with prior knowledge on the plain port.</summary>
    public required bool PlainHttp2 { get; init; }

    /// <summary>listen(2) backlog.</summary>
    public required int Backlog { get; init; }

    /// <summary>Whether <c>/server-status</c> is the server's.</summary>
    public bool ShowsStatus { get; init; }
}
