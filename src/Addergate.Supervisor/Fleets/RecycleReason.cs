namespace Addergate.Supervisor.Fleets;

/// <summary>Why a worker ends. A closed list: each end has exactly one, which is logged, counted and told to the
/// application's shutdown hooks. The names are mod_wsgi's where it has the case.</summary>
internal enum RecycleReason
{
    /// <summary>The whole server ends.</summary>
    ShutdownSignal,

    /// <summary>A reload: SIGHUP, or the command.</summary>
    GracefulSignal,

    /// <summary>Somebody asked for this worker: SIGUSR1 to its process, or the command.</summary>
    EvictionSignal,

    /// <summary><c>--maximum-requests</c>.</summary>
    MaximumRequests,

    /// <summary><c>--restart-interval</c>.</summary>
    RestartInterval,

    /// <summary><c>--inactivity-timeout</c>.</summary>
    InactivityTimeout,

    /// <summary>A request was interrupted and did not end: <c>--interrupt-timeout</c>.</summary>
    RequestTimeout,

    /// <summary><c>--startup-timeout</c>.</summary>
    StartupTimeout,

    /// <summary>It ended before it was ready, or said that it cannot load the application.</summary>
    StartFailed,

    /// <summary><c>--deadlock-timeout</c>.</summary>
    DeadlockTimeout,

    /// <summary><c>--cpu-time-limit</c>.</summary>
    CpuTimeLimit,

    /// <summary><c>--memory-limit</c>.</summary>
    MemoryLimit,

    /// <summary>A reload, because the application's script has changed: <c>--reload-on-script-change</c>.</summary>
    ScriptReload,

    /// <summary>The pool has more workers than it needs, or was told to have fewer.</summary>
    PoolShrink,

    /// <summary>It had served and ended by itself.</summary>
    Crash,
}
