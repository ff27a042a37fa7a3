namespace Addergate.Settings.Model;

/// <summary>Where a certificate and its private key are, in PEM.</summary>
/// <param name="CertificateFile">An absolute path; its intermediates may follow in it.</param>
/// <param name="KeyFile">An absolute path.</param>
public sealed record CertificatePair(string CertificateFile, string KeyFile);
