namespace Addergate.Supervisor;

/// <summary>A server that has begun to serve.</summary>
/// <param name="SupervisorProcess">This process.</param>
/// <param name="FrontEndProcess">The front end.</param>
/// <param name="WorkerProcesses">The workers; those after the first may still be loading the application.</param>
/// <param name="Urls">Where it listens: where the settings say, or on sockets that it was started with.</param>
/// <param name="StartTime">Since the program was started; null when that cannot be told, as after a restart in the same
/// process.</param>
public sealed record StartedServer(
    int SupervisorProcess,
    int FrontEndProcess,
    IReadOnlyList<int> WorkerProcesses,
    IReadOnlyList<ServedUrl> Urls,
    TimeSpan? StartTime)
{
    /// <summary>The page with figures, or null.</summary>
    public string? TelemetryUrl { get; init; }
}
