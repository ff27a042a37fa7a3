namespace Addergate.Settings.Model;

/// <summary>Timers. Those of a request and of recycling have their place here when they come.</summary>
public sealed record TimeoutSettings
{
    /// <summary>From a worker's spawn to ready; zero = no limit.</summary>
    public required TimeSpan Startup { get; init; }

    /// <summary>How long a stopping worker may take for its exit handlers.</summary>
    public required TimeSpan Shutdown { get; init; }

    /// <summary>How long running requests may take when the server or a worker is drained.</summary>
    public required TimeSpan Graceful { get; init; }

    /// <summary>How long an idle client connection is kept.</summary>
    public required TimeSpan KeepAlive { get; init; }
}
