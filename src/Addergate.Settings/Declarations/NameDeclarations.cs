using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>The names of the site.</summary>
public static class NameDeclarations
{
    public static Setting<string> ServerName { get; } = new()
    {
        Name = "server-name",
        Group = SettingGroup.Names,
        MayBePerApplication = true,
        Kind = TextKind.Named("HOST", "a host name without scheme or port"),
        DefaultDescription = "any name is answered",
        Provenance = "mod_wsgi-express --server-name (other names get 403 there, 421 here)",
        Help = "Canonical name of the site: requests for other hosts are answered with 421, and example.com is sent to "
            + "www.example.com when that is the name",
    };

    public static Setting<string> Alias { get; } = new()
    {
        Name = "server-alias",
        Group = SettingGroup.Names,
        MayBePerApplication = true,
        Kind = TextKind.Named("HOST", "a host name; * and ? stand for any text and any letter"),
        Form = SettingForm.Repeated,
        Provenance = "mod_wsgi-express --server-alias",
        Help = "Another name that the site is answered by: shop.example.com, *.example.com",
    };

    public static Setting<bool> AllowLocalhost { get; } = new()
    {
        Name = "allow-localhost",
        Group = SettingGroup.Names,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "mod_wsgi-express --allow-localhost",
        Help = "Answer requests for localhost too, as health checks send them",
    };

    public static Setting<bool> HttpsOnly { get; } = new()
    {
        Name = "https-only",
        Group = SettingGroup.Names,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "mod_wsgi-express --https-only (302 there)",
        Help = "Send plain HTTP to HTTPS, with 308: clients repeat the method and the body",
    };

    public static Setting<string> StrictTransportSecurity { get; } = new()
    {
        Name = "hsts-policy",
        Group = SettingGroup.Names,
        Kind = TextKind.Named("POLICY", "a value as in max-age=31536000; includeSubDomains"),
        Provenance = "mod_wsgi-express --hsts-policy (there only with --https-only)",
        Help = "Strict-Transport-Security header of what is answered over HTTPS",
    };
}
