namespace Addergate.Wire.Control;

/// <summary>A certificate and its private key in PEM.</summary>
/// <param name="Certificate">Leaf first; what follows in it are intermediates, in any order.</param>
/// <param name="Key">Not encrypted.</param>
public sealed record CertificatePem(string Certificate, string Key)
{
    /// <summary>Without the key: a record's own text would print it.</summary>
    public override string ToString() => $"Certificate ({Certificate.Length} characters)";
}
