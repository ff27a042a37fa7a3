using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>HTTPS.</summary>
public static class TlsDeclarations
{
    public static Setting<int> Port { get; } = new()
    {
        Name = "https-port",
        OtherName = "ssl-port",
        Group = SettingGroup.Tls,
        Kind = NumberKind.Port,
        DefaultDescription = "no HTTPS; 8443 with --https-dev",
        Provenance = "mod_wsgi-express --https-port (there only with --server-name; --ssl-port is its older name)",
        Help = "Port for HTTPS (HTTP/2 and HTTP/1.1), beside the one for HTTP",
    };

    public static Setting<string> Certificate { get; } = new()
    {
        Name = "ssl-certificate",
        Group = SettingGroup.Tls,
        Kind = TextKind.Named("PREFIX", "a path without .crt and .key at its end") with { Under = TextKind.Under },
        Form = SettingForm.Repeated,
        MayBeOne = true,
        Provenance = "mod_wsgi-express --ssl-certificate",
        Help = "Certificate and key in PREFIX.crt and PREFIX.key, in PEM; once for each certificate, as with "
            + "--ssl-certificate-file",
    };

    public static Setting<string> CertificateFile { get; } = new()
    {
        Name = "ssl-certificate-file",
        Group = SettingGroup.Tls,
        Kind = TextKind.File,
        Form = SettingForm.Repeated,
        MayBeOne = true,
        Provenance = "mod_wsgi-express --ssl-certificate-file (one there)",
        Help = "Certificate in PEM, with its intermediates after it; read again when the file changes. Of several, each "
            + "client gets the one with the name that it asks for, and the first when none has it",
    };

    public static Setting<string> CertificateKeyFile { get; } = new()
    {
        Name = "ssl-certificate-key-file",
        Group = SettingGroup.Tls,
        Kind = TextKind.File,
        Form = SettingForm.Repeated,
        MayBeOne = true,
        Provenance = "mod_wsgi-express --ssl-certificate-key-file (one there)",
        Help = "Its private key in PEM; only the supervisor opens this file. Of several, the first is for the first "
            + "certificate",
    };

    public static Setting<string> ChainFile { get; } = new()
    {
        Name = "ssl-certificate-chain-file",
        Group = SettingGroup.Tls,
        Kind = TextKind.File,
        Provenance = "mod_wsgi-express --ssl-certificate-chain-file",
        Help = "Intermediates in PEM, where they are not in the file of the certificate; for all certificates",
    };

    public static Setting<string> ClientAuthorityFile { get; } = new()
    {
        Name = "ssl-ca-certificate-file",
        Group = SettingGroup.Tls,
        Kind = TextKind.File,
        Provenance = "mod_wsgi-express --ssl-ca-certificate-file (there plain HTTP stays open beside it)",
        Help = "Certificates in PEM of those who vouch for clients: only clients with a certificate of theirs are answered, "
            + "or see --ssl-verify-client",
    };

    public static Setting<string> VerifiedPath { get; } = new()
    {
        Name = "ssl-verify-client",
        Group = SettingGroup.Tls,
        Kind = TextKind.Named("URL-PATH", "the path of a URL"),
        Form = SettingForm.Repeated,
        DefaultDescription = "everywhere, when there is --ssl-ca-certificate-file",
        Provenance = "mod_wsgi-express --ssl-verify-client (renegotiates there, which TLS 1.3 does not have; here the answer is "
            + "403)",
        Help = "Ask every client for a certificate, and answer 403 without one at this path and below it",
    };

    public static Setting<bool> Environment { get; } = new()
    {
        Name = "ssl-environment",
        Group = SettingGroup.Tls,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Default = false,
        Provenance = "mod_wsgi-express --ssl-environment (SSL_PROTOCOL and SSL_CIPHER are there always here)",
        Help = "Tell the application of the connection's TLS and certificates, in SSL_CLIENT_S_DN and its like, named as "
            + "mod_ssl does",
    };

    public static Setting<bool> Development { get; } = new()
    {
        Name = "https-dev",
        Group = SettingGroup.Tls,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Default = false,
        Provenance = "Addergate's own",
        Help = "HTTPS for development, with a certificate for localhost that is made once and signed by nobody",
    };
}
