namespace Addergate.Supervisor.Fleets;

/// <summary>Where the server as a whole is.</summary>
internal enum FleetPhase
{
    /// <summary>No answer could be given yet; a failure ends the server.</summary>
    Starting,

    /// <summary>Clients are answered; failures are recovered from.</summary>
    Serving,

    /// <summary>The front end finishes what runs.</summary>
    Draining,

    /// <summary>The workers were told to end, or everything was killed.</summary>
    Stopping,

    /// <summary>No child is left.</summary>
    Ended,
}
