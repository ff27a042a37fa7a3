using Addergate.Wire.Frames;

namespace Addergate.Wire.Control;

/// <summary>
/// A certificate for the TLS listeners. It travels over the control socket so that the key is never in a file, an
/// environment or an argument that the front end's uid, which application code shares, can read.
/// </summary>
/// <param name="CertificatePem">Leaf first, then the chain.</param>
/// <param name="KeyPem">The private key.</param>
public sealed record CertificateMessage(string CertificatePem, string KeyPem)
    : ControlMessage(ControlKind.Certificate)
{
    /// <summary>Without the key: a record's own text would print it.</summary>
    public override string ToString() => $"Certificate ({CertificatePem.Length} characters)";

    private protected override void WritePayload(FrameBuffer buffer)
    {
        WriteString(buffer, CertificatePem);
        WriteString(buffer, KeyPem);
    }

    internal static CertificateMessage? Read(ref SpanReader reader) =>
        reader.TryTakeString(out var certificate) && reader.TryTakeString(out var key)
            ? new CertificateMessage(certificate, key)
            : null;
}
