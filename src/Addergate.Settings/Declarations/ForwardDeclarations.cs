using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>Other servers behind this one.</summary>
public static class ForwardDeclarations
{
    private const string TargetSyntax =
        "http://, https://, or unix:/path/of/socket, with |http://host/path behind it where the server wants to know";

    public static Setting<NamedText> MountPoint { get; } = new()
    {
        Name = "proxy-mount-point",
        Group = SettingGroup.Forwarding,
        Kind = PairKind.OfUrlAndTarget("URL TARGET", "the path of a URL, and " + TargetSyntax),
        Form = SettingForm.RepeatedPair,
        VariableSeparator = ' ',
        Provenance = "mod_wsgi-express --proxy-mount-point",
        Help = "Pass all below a URL on to another server, WebSockets too; the longest URL that fits counts",
    };

    public static Setting<NamedText> UrlAlias { get; } = new()
    {
        Name = "proxy-url-alias",
        Group = SettingGroup.Forwarding,
        Kind = PairKind.OfUrlAndTarget("URL TARGET", "as --proxy-mount-point"),
        Form = SettingForm.RepeatedPair,
        VariableSeparator = ' ',
        Provenance = "mod_wsgi-express --proxy-url-alias (its old name of --proxy-mount-point)",
        Help = "The old name of --proxy-mount-point",
    };

    public static Setting<NamedText> VirtualHost { get; } = new()
    {
        Name = "proxy-virtual-host",
        Group = SettingGroup.Forwarding,
        Kind = PairKind.Of("HOST TARGET", "a host name, and " + TargetSyntax),
        Form = SettingForm.RepeatedPair,
        VariableSeparator = ' ',
        Provenance = "mod_wsgi-express --proxy-virtual-host (over plain HTTP only there)",
        Help = "Pass every request for a host on to another server",
    };

    public static Setting<TimeSpan> Timeout { get; } = new()
    {
        Name = "proxy-timeout",
        Group = SettingGroup.Forwarding,
        Kind = DurationKind.Instance,
        DefaultDescription = "that of --socket-timeout",
        Provenance = "mod_wsgi-express --proxy-timeout",
        Help = "How long another server may keep a request waiting, or a WebSocket may be silent; 0 for ever",
    };
}
