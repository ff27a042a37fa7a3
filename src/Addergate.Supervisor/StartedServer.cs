namespace Addergate.Supervisor;

/// <summary>A server that has begun to serve.</summary>
/// <param name="SupervisorProcess">This process.</param>
/// <param name="FrontEndProcess">The front end.</param>
/// <param name="WorkerProcesses">The workers; those after the first may still be loading the application.</param>
/// <param name="Port">The plain port that was bound, also where the settings said 0.</param>
/// <param name="HttpsPort">The TLS port, or null without TLS.</param>
public sealed record StartedServer(
    int SupervisorProcess,
    int FrontEndProcess,
    IReadOnlyList<int> WorkerProcesses,
    int Port,
    int? HttpsPort);
