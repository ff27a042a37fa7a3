namespace Addergate.Supervisor;

/// <summary>A server that has begun to serve.</summary>
/// <param name="SupervisorProcess">This process.</param>
/// <param name="FrontEndProcess">The front end.</param>
/// <param name="WorkerProcesses">The workers; those after the first may still be loading the application.</param>
/// <param name="Urls">Where it listens: where the settings say, or on sockets that it was started with.</param>
public sealed record StartedServer(
    int SupervisorProcess,
    int FrontEndProcess,
    IReadOnlyList<int> WorkerProcesses,
    IReadOnlyList<ServedUrl> Urls);
