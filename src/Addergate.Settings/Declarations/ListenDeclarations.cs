using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>Where clients connect.</summary>
public static class ListenDeclarations
{
    public static Setting<string> Host { get; } = new()
    {
        Name = "host",
        Group = SettingGroup.Listening,
        Kind = TextKind.Named(
            "ADDRESS", "an IPv4 or IPv6 address, localhost, * for all interfaces, or unix: and an absolute path"),
        DefaultDescription = "127.0.0.1; all interfaces when PORT is set or in a container as process 1",
        Provenance = "mod_wsgi-express --host listens on all interfaces; a server that is tried out should not",
        Help = "Address to listen on, or unix:PATH for a Unix socket, for a proxy on this machine",
    };

    public static Setting<int> SocketMode { get; } = new()
    {
        Name = "socket-mode",
        Group = SettingGroup.Listening,
        Kind = OctalKind.Permissions,
        Default = 0b110_110_000,
        Provenance = "Addergate's own",
        Help = "Permissions of the Unix socket of --host: who may write to it may connect",
    };

    public static Setting<string> SocketGroup { get; } = new()
    {
        Name = "socket-group",
        Group = SettingGroup.Listening,
        Kind = TextKind.Named("GROUP", "a name, a number or #number") with { FileTypes = FileTypes.Text | FileTypes.Integer },
        DefaultDescription = "the application's",
        Provenance = "Addergate's own",
        Help = "Group of the Unix socket of --host: that of the proxy, such as www-data",
    };

    public static Setting<int> Port { get; } = new()
    {
        Name = "port",
        Group = SettingGroup.Listening,
        Kind = NumberKind.Port,
        Default = 8000,
        PlatformVariable = "PORT",
        Provenance = "mod_wsgi-express --port",
        Help = "Port for HTTP, 0 = one that is free",
    };

    public static Setting<bool> Http2 { get; } = new()
    {
        Name = "http2",
        Group = SettingGroup.Listening,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Default = false,
        Provenance = "mod_wsgi-express --http2",
        Help = "Also speak HTTP/2 without TLS, to clients that begin with it; over TLS it is always on",
    };

    public static Setting<bool> ServerStatus { get; } = new()
    {
        Name = "server-status",
        Group = SettingGroup.Listening,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "mod_wsgi-express --server-status (Apache's page there)",
        Help = "Show how the server is under /server-status, to clients on this machine and those of --trust-proxy; "
            + "/server-status?json is for programs",
    };

    public static Setting<int> Backlog { get; } = new()
    {
        Name = "server-backlog",
        Group = SettingGroup.Listening,
        Kind = NumberKind.Between(1, 65535),
        Default = 500,
        Provenance = "mod_wsgi-express --server-backlog",
        Help = "Connections that the kernel keeps waiting for the server to accept them",
    };
}
