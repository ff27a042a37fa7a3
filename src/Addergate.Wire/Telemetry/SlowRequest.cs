using System.Text.Json.Serialization;

namespace Addergate.Wire.Telemetry;

/// <summary>A request that has run for longer than <c>--slow-requests</c>. It says nothing of the query string, which may be
/// anybody's secret.</summary>
public sealed record SlowRequest
{
    public required string Application { get; init; }

    public required string RequestId { get; init; }

    /// <summary>Of the worker.</summary>
    [JsonPropertyName("pid")]
    public required int ProcessId { get; init; }

    /// <summary>The worker's request thread.</summary>
    public required int Thread { get; init; }

    /// <summary>When it was sent to the worker, seconds since the epoch.</summary>
    public required double Start { get; init; }

    /// <summary>So far, or in all.</summary>
    public required double Seconds { get; init; }

    /// <summary>Seconds between its arrival and its place in the queue.</summary>
    public required double FrontEnd { get; init; }

    /// <summary>Seconds in the queue.</summary>
    public required double Queue { get; init; }

    public required string Method { get; init; }

    public required string Scheme { get; init; }

    public required string Host { get; init; }

    public required string ScriptName { get; init; }

    public required string Path { get; init; }

    public required string Protocol { get; init; }

    public required string Client { get; init; }

    /// <summary>Never on the page.</summary>
    [JsonIgnore]
    public string UserAgent { get; init; } = "";

    /// <summary>Null while it runs.</summary>
    public int? Status { get; init; }

    public long BytesIn { get; init; }

    public long BytesOut { get; init; }
}
