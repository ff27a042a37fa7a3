using Addergate.Settings.Model;
using Addergate.Supervisor.Table;

namespace Addergate.Supervisor.Fleets;

/// <summary>The numbers that a pool lives by.</summary>
/// <param name="Workers">The pool, and what its workers may use.</param>
/// <param name="Timeouts">How long things may take.</param>
internal sealed record FleetPolicy(WorkerSettings Workers, TimeoutSettings Timeouts)
{
    /// <summary>What the front end may take to come up. It loads nothing of the user's, so this only catches a machine
    /// in trouble.</summary>
    public static TimeSpan FrontEndStartup => TimeSpan.FromSeconds(60);

    /// <summary>What the front end may take for the last bytes when no worker is left that could send more.</summary>
    public static TimeSpan LastBytes => TimeSpan.FromSeconds(1);

    /// <summary>How long a worker may stay in the state that it is in; null for as long as it likes.</summary>
    public TimeSpan? TimeIn(Child worker) => worker.State switch
    {
        ChildState.Starting => Timeouts.Startup > TimeSpan.Zero ? Timeouts.Startup : null,
        ChildState.Draining => worker.Reason == RecycleReason.EvictionSignal ? Timeouts.Eviction : Timeouts.Graceful,
        ChildState.Stopping => Timeouts.Shutdown,
        _ => null,
    };

    /// <summary>The same for a front end.</summary>
    /// <param name="state">The state.</param>
    /// <param name="server">The server's own timers.</param>
    /// <param name="shutdown">What the workers may take for their end.</param>
    public static TimeSpan? TimeInFrontEnd(ChildState state, TimeoutSettings server, TimeSpan shutdown) => state switch
    {
        ChildState.Starting => FrontEndStartup,

        // It goes on serving for a while, so that load balancers may notice.
        ChildState.Draining => server.DrainDelay + server.Graceful,

        // The workers use their time first, and what they still answer has to get out.
        ChildState.Stopping => shutdown + LastBytes,
        _ => null,
    };

    /// <summary>How many requests a new worker may be given; 0 for any number.</summary>
    /// <param name="random">From 0 to 1.</param>
    public ulong DrawMaximumRequests(double random) => Workers.MaximumRequests > 0
        ? (ulong)Math.Max(1, Math.Round(Workers.MaximumRequests * Jitter(random)))
        : 0;

    /// <summary>How long a new worker may serve; null for as long as it likes.</summary>
    /// <param name="random">From 0 to 1.</param>
    public TimeSpan? DrawInterval(double random) => Timeouts.RestartInterval > TimeSpan.Zero
        ? Timeouts.RestartInterval * Jitter(random)
        : null;

    /// <summary>Workers that started together must not end together.</summary>
    private double Jitter(double random) => 1 + (Workers.RecycleJitter / 100.0 * ((2 * random) - 1));
}
