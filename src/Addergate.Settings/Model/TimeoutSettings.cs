namespace Addergate.Settings.Model;

/// <summary>Timers of requests and processes; those of clients are in <see cref="ClientSettings"/>. Zero = off.</summary>
public sealed record TimeoutSettings
{
    /// <summary>For a request to wait for a slot.</summary>
    public required TimeSpan Queue { get; init; }

    /// <summary>For a request to run, without the time in which it waits for its client.</summary>
    public required TimeSpan Request { get; init; }

    /// <summary>After which a request that runs is described in the log.</summary>
    public TimeSpan SlowRequest { get; init; }

    /// <summary>For an interrupted request to unwind before its worker is replaced; zero = it is replaced at once.</summary>
    public required TimeSpan Interrupt { get; init; }

    /// <summary>For a worker's GIL to be had.</summary>
    public required TimeSpan Deadlock { get; init; }

    /// <summary>From a worker's spawn to ready.</summary>
    public required TimeSpan Startup { get; init; }

    /// <summary>For a worker without requests to be kept.</summary>
    public required TimeSpan Inactivity { get; init; }

    /// <summary>A worker's age, before jitter.</summary>
    public required TimeSpan RestartInterval { get; init; }

    /// <summary>For running requests to finish when the server or a worker is drained; zero = they are cut.</summary>
    public required TimeSpan Graceful { get; init; }

    /// <summary>The same for a worker evicted by SIGUSR1; already that of <see cref="Graceful"/> where none was given.
    /// </summary>
    public required TimeSpan Eviction { get; init; }

    /// <summary>For a stopping worker's exit handlers.</summary>
    public required TimeSpan Shutdown { get; init; }

    /// <summary>How long the listeners stay open after SIGTERM.</summary>
    public required TimeSpan DrainDelay { get; init; }
}
