namespace Addergate.Supervisor.Fleets;

/// <summary>The reasons' names on the wire, in logs and for applications.</summary>
internal static class RecycleReasons
{
    private static readonly string[] Names =
    [
        "shutdown_signal", "graceful_signal", "eviction_signal", "maximum_requests", "restart_interval",
        "inactivity_timeout", "request_timeout", "startup_timeout", "start_failed", "deadlock_timeout",
        "cpu_time_limit", "memory_limit", "script_reload", "pool_shrink", "crash",
    ];

    public static string NameOf(RecycleReason reason) => Names[(int)reason];
}
