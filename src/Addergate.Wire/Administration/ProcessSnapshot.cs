using System.Text.Json.Serialization;

namespace Addergate.Wire.Administration;

/// <summary>One process of a running server. What does not apply to its role is null.</summary>
/// <param name="Role">supervisor, front end, template, worker or service.</param>
/// <param name="ProcessId">Its process id.</param>
/// <param name="State">starting, ready, draining or stopping; of a service: waiting, running or ending; the supervisor's is
/// the server's.</param>
/// <param name="AgeSeconds">Since it was started.</param>
/// <param name="MemoryBytes">Resident memory, or null when it cannot be told.</param>
public sealed record ProcessSnapshot(
    string Role,
    [property: JsonPropertyName("pid")] int ProcessId,
    string State,
    double AgeSeconds,
    long? MemoryBytes)
{
    /// <summary>A service script's name, or a worker's application where there are several.</summary>
    public string? Name { get; init; }

    /// <summary>A worker's number, given out once in the server's life.</summary>
    public uint? Number { get; init; }

    /// <summary>A worker's generation: those before the server's finish what they run. A template forks the workers of
    /// its own (<c>--preload</c>).</summary>
    public uint? Generation { get; init; }

    /// <summary>User and system time of its life, or null when it cannot be told.</summary>
    public double? CpuSeconds { get; init; }

    /// <summary>A worker's request threads.</summary>
    public int? Threads { get; init; }

    /// <summary>Requests that it has answered in its life.</summary>
    public long? Completed { get; init; }

    /// <summary>Requests that it runs now.</summary>
    public long? Running { get; init; }

    /// <summary>Since its last request ended; 0 while one runs.</summary>
    public double? IdleSeconds { get; init; }
}
