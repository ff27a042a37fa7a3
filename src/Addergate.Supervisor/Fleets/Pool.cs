using Addergate.Settings.Model;
using Addergate.Wire.Control;

namespace Addergate.Supervisor.Fleets;

/// <summary>One application's workers, as <see cref="Fleet"/> keeps them: which generation serves, which loads, who is to be
/// replaced, how many there should be.</summary>
/// <param name="index">The application's place in the settings, by which the front end knows it.</param>
/// <param name="application">The application.</param>
/// <param name="time">The clock.</param>
internal sealed class Pool(ushort index, HostedApplication application, TimeProvider time)
{
    public ushort Index { get; } = index;

    public HostedApplication Application { get; } = application;

    /// <summary>The numbers that its workers live by.</summary>
    public FleetPolicy Policy { get; } = new(application.Workers, application.Timeouts);

    public WearRules Wear { get; } = new(new FleetPolicy(application.Workers, application.Timeouts), time);

    public PoolSize Size { get; } = new(application.Workers);

    public RecycleQueue Recycling { get; } = new();

    /// <summary>The generation that gets requests; null before its first worker is ready, or has failed to become so.</summary>
    public Generation? InForce { get; set; }

    /// <summary>The generation that is to take its place; null when there is none.</summary>
    public Generation? Loading { get; set; }

    /// <summary>Why <see cref="Loading"/> takes the place of the one before.</summary>
    public RecycleReason ReloadReason { get; set; }

    /// <summary>Why the application could not be loaded when the server started; null when it could, or has been since.</summary>
    public string? Failure { get; set; }

    /// <summary>Why its last reload failed; null when it did not.</summary>
    public string? ReloadFailure { get; set; }

    /// <summary>Whether it was said that there is no memory for another worker.</summary>
    public bool IsShortOfMemory { get; set; }

    /// <summary>What waits for it, as the front end said last.</summary>
    public QueueLoad Queue { get; set; }

    /// <summary>Requests that it runs.</summary>
    public int Running => InForce?.Seats.Sum(static seat => seat.Worker?.Activity.Running ?? 0) ?? 0;
}
