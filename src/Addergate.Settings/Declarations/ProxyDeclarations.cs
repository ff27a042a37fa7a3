using Addergate.Settings.Model;
using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>The proxies in front.</summary>
public static class ProxyDeclarations
{
    public static Setting<string> Trusted { get; } = new()
    {
        Name = "trust-proxy",
        Group = SettingGroup.Proxies,
        Kind = PeerKind.Instance,
        Form = SettingForm.Repeated,
        VariableSeparator = ',',
        DefaultDescription = "nobody is trusted",
        Provenance = "mod_wsgi-express --trust-proxy (there without it X-Forwarded-* reach the application as any header does, and "
            + "--trust-proxy-header trusts everybody)",
        Help = "A proxy in front of this server, or a network of them: what it says in the headers of --trust-proxy-header "
            + "counts; from everybody else, headers by which proxies tell of the client are removed",
    };

    public static Setting<ForwardingHeader> Header { get; } = new()
    {
        Name = "trust-proxy-header",
        Group = SettingGroup.Proxies,
        Kind = ForwardingHeaderKind.Instance,
        Form = SettingForm.Repeated,
        Provenance = "mod_wsgi-express --trust-proxy-header (there without --trust-proxy everybody is trusted; here that is a "
            + "mistake. Forwarded and X-Forwarded-Prefix are new)",
        Help = "A header that the trusted proxies set: REMOTE_ADDR, wsgi.url_scheme, HTTP_HOST, SERVER_NAME, SERVER_PORT or "
            + "SCRIPT_NAME come from it, and headers that tell the same but are not named are removed",
    };

    public static Setting<bool> Protocol { get; } = new()
    {
        Name = "proxy-protocol",
        Group = SettingGroup.Proxies,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Default = false,
        Provenance = "new; mod_remoteip has it for Apache",
        Help = "Each connection from a trusted proxy begins with the PROXY protocol, version 1 or 2, which names the client; "
            + "also before TLS",
    };
}
