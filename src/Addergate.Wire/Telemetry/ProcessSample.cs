using System.Text.Json.Serialization;

namespace Addergate.Wire.Telemetry;

/// <summary>How a process did between two samples.</summary>
/// <param name="ProcessId">Its process id.</param>
/// <param name="Cores">CPU time for each second; null before the second sample.</param>
/// <param name="MemoryBytes">Resident memory.</param>
/// <param name="Requests">Requests that a worker ended; null for other processes.</param>
/// <param name="Busy">Request threads of a worker that were taken, on average.</param>
public sealed record ProcessSample(
    [property: JsonPropertyName("pid")] int ProcessId, double? Cores, long? MemoryBytes, long? Requests, double? Busy);
