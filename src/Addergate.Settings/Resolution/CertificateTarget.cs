using Addergate.Settings.Model;

namespace Addergate.Settings.Resolution;

/// <summary>Certificates whose files are to be looked into.</summary>
/// <param name="Tls">Where they are. What is said of files that are not there or cannot be read is among the mistakes.</param>
/// <param name="ServerName">The name that one of them should be for, or null.</param>
public sealed record CertificateTarget(TlsSettings Tls, string? ServerName);
