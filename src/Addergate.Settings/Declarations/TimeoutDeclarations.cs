using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>Timers of requests and processes. Each is exact, whatever the number of threads.</summary>
public static class TimeoutDeclarations
{
    public static Setting<TimeSpan> Queue { get; } = new()
    {
        Name = "queue-timeout",
        Group = SettingGroup.Timeouts,
        Kind = DurationKind.Instance,
        Default = TimeSpan.FromSeconds(45),
        Provenance = "mod_wsgi-express --queue-timeout, which is looked at only when a thread is free",
        Help = "How long a request may wait for a free thread before it gets 504, 0 = no limit",
    };

    public static Setting<TimeSpan> Request { get; } = new()
    {
        Name = "request-timeout",
        Group = SettingGroup.Timeouts,
        Kind = DurationKind.Instance,
        Default = TimeSpan.FromSeconds(60),
        Provenance = "mod_wsgi-express --request-timeout, which allows 60 × (1 + ln threads) seconds",
        Help = "How long a request may run before it gets 504 and mod_wsgi.RequestTimeout is raised in its thread; the time in "
            + "which it waits for its client does not count, 0 = no limit",
    };

    public static Setting<TimeSpan> SlowRequests { get; } = new()
    {
        Name = "slow-requests",
        Group = SettingGroup.Timeouts,
        Kind = DurationKind.Instance,
        Default = TimeSpan.Zero,
        Provenance = "mod_wsgi-express --slow-requests (reported to a telemetry service there, to the error log here)",
        Help = "Log what a request does that has run for so long, its Python stack included, and how long it took; it goes on "
            + "undisturbed, 0 = never",
    };

    public static Setting<TimeSpan> Interrupt { get; } = new()
    {
        Name = "interrupt-timeout",
        Group = SettingGroup.Timeouts,
        Kind = DurationKind.Instance,
        Default = TimeSpan.FromSeconds(5),
        Provenance = "mod_wsgi-express --interrupt-timeout (0 there: the process is restarted at once)",
        Help = "How long an interrupted request may take to end before its worker is replaced, 0 = replace at once",
    };

    public static Setting<TimeSpan> Deadlock { get; } = new()
    {
        Name = "deadlock-timeout",
        Group = SettingGroup.Timeouts,
        Kind = DurationKind.Instance,
        Default = TimeSpan.FromSeconds(60),
        Provenance = "mod_wsgi-express --deadlock-timeout",
        Help = "How long a worker may be unable to run Python (the GIL is held) before its stacks are logged and it is killed, "
            + "0 = no limit",
    };

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

    public static Setting<TimeSpan> Eviction { get; } = new()
    {
        Name = "eviction-timeout",
        Group = SettingGroup.Timeouts,
        Kind = DurationKind.Instance,
        DefaultDescription = "that of --graceful-timeout",
        Provenance = "mod_wsgi-express --eviction-timeout; 0 means the default as there",
        Help = "The same for a worker that is evicted, by SIGUSR1 to it or addergate evict",
    };

    public static Setting<TimeSpan> Shutdown { get; } = new()
    {
        Name = "shutdown-timeout",
        Group = SettingGroup.Timeouts,
        Kind = DurationKind.Instance,
        Default = TimeSpan.FromSeconds(5),
        Provenance = "mod_wsgi-express --shutdown-timeout",
        Help = "How long a worker may then take for its own exit handlers before it is killed; what it has forked and left "
            + "behind gets as long again",
    };

    public static Setting<TimeSpan> DrainDelay { get; } = new()
    {
        Name = "drain-delay",
        Group = SettingGroup.Timeouts,
        MayBePerApplication = false,
        Kind = DurationKind.Instance,
        Default = TimeSpan.Zero,
        Provenance = "Addergate's own",
        Help = "How long after SIGTERM new connections are still accepted, so that a load balancer has the time to notice",
    };
}
