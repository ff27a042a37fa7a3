namespace Addergate.Supervisor.Certificates;

/// <summary>Why a certificate cannot be used, for people.</summary>
/// <param name="Text">It names the file.</param>
/// <param name="Advice">What to do.</param>
/// <param name="IsOfKey">Whether the key is to blame and not the certificate.</param>
public sealed record CertificateProblem(string Text, string Advice, bool IsOfKey = false)
{
    public override string ToString() => $"{Text}; {Advice}";
}
