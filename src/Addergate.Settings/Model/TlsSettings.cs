namespace Addergate.Settings.Model;

/// <summary>What the TLS port proves itself with, and what it asks of clients.</summary>
public sealed record TlsSettings
{
    /// <summary>The first is for clients that ask for no name, or for one that no certificate has. Empty without
    /// TLS.</summary>
    public IReadOnlyList<CertificatePair> Certificates { get; init; } = [];

    /// <summary>Intermediates for any of them, or null.</summary>
    public string? ChainFile { get; init; }

    /// <summary>Who vouches for clients; null asks them for no certificate.</summary>
    public string? ClientAuthorityFile { get; init; }

    /// <summary>Paths of URLs, without a slash at their ends, at and below which a client needs a certificate. Empty with a
    /// <see cref="ClientAuthorityFile"/>: everywhere.</summary>
    public IReadOnlyList<string> VerifiedPaths { get; init; } = [];

    /// <summary>Whether no client without a certificate is answered at all.</summary>
    public bool VerifiesAll() => ClientAuthorityFile is not null && VerifiedPaths.Count == 0;

    /// <summary>Whether applications are told all that mod_ssl's <c>StdEnvVars</c> tells.</summary>
    public bool TellsApplication { get; init; }

    /// <summary>Host names and addresses of a certificate that is to be made where it is not there; empty where the user
    /// has certificates.</summary>
    public IReadOnlyList<string> DevelopmentNames { get; init; } = [];

    /// <summary>Whether there is a file to look into.</summary>
    public bool NamesFiles => Certificates.Count > 0 || ChainFile is not null || ClientAuthorityFile is not null;
}
