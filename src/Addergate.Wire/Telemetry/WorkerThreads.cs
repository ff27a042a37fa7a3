using System.Text.Json.Serialization;

namespace Addergate.Wire.Telemetry;

/// <summary>What the request threads of a worker do.</summary>
/// <param name="ProcessId">The worker's process id.</param>
/// <param name="Application">Of the application, counted from 0.</param>
/// <param name="Running">For each thread that is connected: since when it runs a request, in seconds; null while it is idle.</param>
public sealed record WorkerThreads(
    [property: JsonPropertyName("pid")] int ProcessId, int Application, IReadOnlyList<double?> Running);
