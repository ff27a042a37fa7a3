namespace Addergate.Settings.Model;

/// <summary>Where clients connect.</summary>
public sealed record ListenSettings
{
    /// <summary>An IP address to bind.</summary>
    public required string Host { get; init; }

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
}
