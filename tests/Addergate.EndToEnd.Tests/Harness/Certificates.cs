namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>Self-signed certificates for localhost, made by openssl.</summary>
internal static class Certificates
{
    /// <summary>Writes NAME.crt and NAME.key into a directory.</summary>
    public static (string Certificate, string Key) Make(string directory, string name)
    {
        var certificate = Path.Combine(directory, name + ".crt");
        var key = Path.Combine(directory, name + ".key");
        Tool.Succeed(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", $"/CN={name}", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-keyout", key, "-out", certificate);
        return (certificate, key);
    }
}
