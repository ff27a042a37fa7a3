using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>How much patience there is with a client. The first two threes are those of Apache's <c>mod_reqtimeout</c>, which
/// mod_wsgi-express always turns on.</summary>
public static class ClientDeclarations
{
    public static Setting<TimeSpan> KeepAliveTimeout { get; } = new()
    {
        Name = "keep-alive-timeout",
        Group = SettingGroup.Clients,
        Kind = DurationKind.Instance,
        Default = TimeSpan.FromSeconds(75),
        Provenance = "mod_wsgi-express --keep-alive-timeout is 2; load balancers keep connections for 60 s and answer "
            + "502 when the server closes first",
        Help = "How long an idle connection is kept open for its next request, 0 = close after each",
    };

    public static Setting<TimeSpan> HeaderTimeout { get; } = new()
    {
        Name = "header-timeout",
        Group = SettingGroup.Clients,
        Kind = DurationKind.Instance,
        Default = TimeSpan.FromSeconds(15),
        Provenance = "mod_wsgi-express --header-timeout",
        Help = "How long a client may take to send the head of a request before it gets 408, 0 = no limit",
    };

    public static Setting<TimeSpan> HeaderMaxTimeout { get; } = new()
    {
        Name = "header-max-timeout",
        Group = SettingGroup.Clients,
        Kind = DurationKind.Instance,
        Default = TimeSpan.FromSeconds(30),
        Provenance = "mod_wsgi-express --header-max-timeout",
        Help = "The most that it may take when data keeps coming at the rate of --header-min-rate, 0 = no such limit",
    };

    public static Setting<long> HeaderMinRate { get; } = new()
    {
        Name = "header-min-rate",
        Group = SettingGroup.Clients,
        Kind = SizeKind.Between(0, int.MaxValue),
        Default = 500,
        Provenance = "mod_wsgi-express --header-min-rate",
        Help = "Bytes of a head that give its client one more second, 0 = nothing does",
    };

    public static Setting<TimeSpan> BodyTimeout { get; } = new()
    {
        Name = "body-timeout",
        Group = SettingGroup.Clients,
        Kind = DurationKind.Instance,
        Default = TimeSpan.FromSeconds(15),
        Provenance = "mod_wsgi-express --body-timeout",
        Help = "How long a client may take to send the body of a request before it gets 408, 0 = no limit",
    };

    public static Setting<TimeSpan> BodyMaxTimeout { get; } = new()
    {
        Name = "body-max-timeout",
        Group = SettingGroup.Clients,
        Kind = DurationKind.Instance,
        Default = TimeSpan.Zero,
        Provenance = "mod_wsgi-express --body-max-timeout",
        Help = "The most that it may take when data keeps coming at the rate of --body-min-rate, 0 = no such limit",
    };

    public static Setting<long> BodyMinRate { get; } = new()
    {
        Name = "body-min-rate",
        Group = SettingGroup.Clients,
        Kind = SizeKind.Between(0, int.MaxValue),
        Default = 500,
        Provenance = "mod_wsgi-express --body-min-rate",
        Help = "Bytes of a body that give its client one more second, 0 = nothing does",
    };

    public static Setting<TimeSpan> SocketTimeout { get; } = new()
    {
        Name = "socket-timeout",
        Group = SettingGroup.Clients,
        Kind = DurationKind.Instance,
        Default = TimeSpan.FromSeconds(60),
        Provenance = "mod_wsgi-express --socket-timeout",
        Help = "How long a client may send nothing of what it owes, or take less than 240 bytes a second of what it is sent, "
            + "before its connection is cut, 0 = no limit",
    };

    public static Setting<TimeSpan> ResponseSocketTimeout { get; } = new()
    {
        Name = "response-socket-timeout",
        Group = SettingGroup.Clients,
        Kind = DurationKind.Instance,
        DefaultDescription = "that of --socket-timeout",
        Provenance = "mod_wsgi-express --response-socket-timeout; 0 means the default as there",
        Help = "The same for responses alone; no more than 5 s while --buffer-memory is used up, or while a thread waits for the "
            + "client and requests for a thread",
    };

    public static Setting<int> MaxClients { get; } = new()
    {
        Name = "max-clients",
        Group = SettingGroup.Clients,
        Kind = NumberKind.Between(1, 10_000_000),
        DefaultDescription = "what the limit on open files allows",
        Provenance = "mod_wsgi-express --max-clients (10 + 1.5 × slots there, a thread for each; here a connection costs "
            + "no thread)",
        Help = "Connections that are open at once; more wait in the kernel's backlog until one closes",
    };
}
