using Addergate.Wire.Frames;

namespace Addergate.Wire.Control;

/// <summary>
/// The certificates for the TLS listeners. They travel over the control socket so that no key is ever in a file, an
/// environment or an argument that the front end's uid, which application code shares, can read.
/// </summary>
/// <param name="Certificates">The first is for clients that ask for no name. At least one.</param>
/// <param name="ClientAuthoritiesPem">Certificates of those who vouch for clients; empty where clients are asked for
/// none.</param>
public sealed record CertificateMessage(IReadOnlyList<CertificatePem> Certificates, string ClientAuthoritiesPem)
    : ControlMessage(ControlKind.Certificate)
{
    private protected override void WritePayload(FrameBuffer buffer)
    {
        WriteString(buffer, ClientAuthoritiesPem);
        buffer.WriteUInt16((ushort)Certificates.Count);
        foreach (var certificate in Certificates)
        {
            WriteString(buffer, certificate.Certificate);
            WriteString(buffer, certificate.Key);
        }
    }

    internal static CertificateMessage? Read(ref SpanReader reader)
    {
        if (!reader.TryTakeString(out var authorities)
            || !reader.TryTakeUInt16(out var count) || count > WireLimits.MaxCertificates)
        {
            return null;
        }

        var certificates = new CertificatePem[count];
        for (var i = 0; i < certificates.Length; i++)
        {
            if (!reader.TryTakeString(out var certificate) || !reader.TryTakeString(out var key))
            {
                return null;
            }

            certificates[i] = new CertificatePem(certificate, key);
        }

        return new CertificateMessage(certificates, authorities);
    }
}
