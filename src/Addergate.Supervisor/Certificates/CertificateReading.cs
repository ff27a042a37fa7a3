namespace Addergate.Supervisor.Certificates;

/// <summary>How reading a file of certificates or of a key went.</summary>
public enum CertificateReading
{
    /// <summary>Its content is there.</summary>
    Read,

    /// <summary>There is no such file.</summary>
    Away,

    /// <summary>The system does not let this process read it.</summary>
    Refused,

    /// <summary>It has more in it than certificates can be.</summary>
    TooLarge,
}
