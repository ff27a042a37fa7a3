using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>Timers of processes. Those of requests and of recycling join them here.</summary>
public static class TimeoutDeclarations
{
    public static Setting<TimeSpan> Startup { get; } = new()
    {
        Name = "startup-timeout",
        Group = SettingGroup.Timeouts,
        Kind = DurationKind.Instance,
        Default = TimeSpan.FromSeconds(15),
        Provenance = "mod_wsgi-express --startup-timeout",
        Help = "How long a worker may take to load the application before it is replaced, 0 = no limit",
    };

    public static Setting<TimeSpan> Graceful { get; } = new()
    {
        Name = "graceful-timeout",
        Group = SettingGroup.Timeouts,
        Kind = DurationKind.Instance,
        Default = TimeSpan.FromSeconds(15),
        Provenance = "mod_wsgi-express --graceful-timeout",
        Help = "How long running requests may take when the server or a worker is being stopped",
    };

    public static Setting<TimeSpan> Shutdown { get; } = new()
    {
        Name = "shutdown-timeout",
        Group = SettingGroup.Timeouts,
        Kind = DurationKind.Instance,
        Default = TimeSpan.FromSeconds(5),
        Provenance = "mod_wsgi-express --shutdown-timeout",
        Help = "How long a worker may then take for its own exit handlers before it is killed",
    };
}
