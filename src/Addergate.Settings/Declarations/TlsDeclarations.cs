using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>HTTPS.</summary>
public static class TlsDeclarations
{
    public static Setting<int> Port { get; } = new()
    {
        Name = "https-port",
        Group = SettingGroup.Tls,
        Kind = NumberKind.Port,
        DefaultDescription = "no HTTPS",
        Provenance = "mod_wsgi-express --https-port",
        Help = "Port for HTTPS (HTTP/2 and HTTP/1.1), beside the one for HTTP",
    };

    public static Setting<string> CertificateFile { get; } = new()
    {
        Name = "ssl-certificate-file",
        Group = SettingGroup.Tls,
        Kind = TextKind.File,
        Provenance = "mod_wsgi-express --ssl-certificate-file",
        Help = "Certificate in PEM, with its intermediates after it; read again when the file changes",
    };

    public static Setting<string> CertificateKeyFile { get; } = new()
    {
        Name = "ssl-certificate-key-file",
        Group = SettingGroup.Tls,
        Kind = TextKind.File,
        Provenance = "mod_wsgi-express --ssl-certificate-key-file",
        Help = "Its private key in PEM; only the supervisor opens this file",
    };
}
