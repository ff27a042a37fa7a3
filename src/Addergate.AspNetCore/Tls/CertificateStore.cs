using Addergate.Wire.Control;

namespace Addergate.AspNetCore.Tls;

/// <summary>
/// The certificates in force. They may be replaced at any time from any thread; handshakes that have begun keep theirs, and
/// connections are not touched.
/// </summary>
/// <param name="verifiesAll">Whether no client without a certificate is answered.</param>
internal sealed class CertificateStore(bool verifiesAll)
{
    private volatile CertificatePlan? _current;

    /// <summary>What a handshake that begins now uses.</summary>
    /// <exception cref="InvalidOperationException">No certificate was put yet.</exception>
    public CertificatePlan Current => _current ?? throw new InvalidOperationException("There is no certificate.");

    /// <summary>Puts certificates in force for new handshakes. A bad one leaves the old ones where they are.</summary>
    /// <returns>Null, or what is wrong, for people.</returns>
    public string? TryReplace(CertificateMessage message)
    {
        if (CertificatePlan.TryCreate(message, verifiesAll, out var problem) is not { } plan)
        {
            return problem;
        }

        _current = plan;
        return null;
    }
}
