using Addergate.Settings.Model;
using Addergate.Supervisor.Table;

namespace Addergate.Supervisor.Fleets;

/// <summary>The numbers that the fleet lives by.</summary>
internal sealed record FleetPolicy
{
    public required int Workers { get; init; }

    public required int Threads { get; init; }

    public required TimeoutSettings Timeouts { get; init; }

    /// <summary>What the front end may take to come up. It loads nothing of the user's, so this only catches a machine
    /// in trouble.</summary>
    public static TimeSpan FrontEndStartup => TimeSpan.FromSeconds(60);

    /// <summary>What the front end may take for the last bytes when no worker is left that could send more.</summary>
    public static TimeSpan LastBytes => TimeSpan.FromSeconds(1);

    /// <summary>How long a child may stay in a state; null for as long as it likes.</summary>
    public TimeSpan? TimeIn(ChildRole role, ChildState state) => (role, state) switch
    {
        (ChildRole.FrontEnd, ChildState.Starting) => FrontEndStartup,
        (_, ChildState.Starting) => Timeouts.Startup > TimeSpan.Zero ? Timeouts.Startup : null,
        (_, ChildState.Draining) => Timeouts.Graceful,

        // The workers use their time first, and what they still answer has to get out.
        (ChildRole.FrontEnd, ChildState.Stopping) => Timeouts.Shutdown + LastBytes,
        (_, ChildState.Stopping) => Timeouts.Shutdown,
        _ => null,
    };
}
