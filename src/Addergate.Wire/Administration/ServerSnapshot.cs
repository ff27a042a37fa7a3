using System.Text.Json;

namespace Addergate.Wire.Administration;

/// <summary>A running server at one moment, as the supervisor knows it. What <c>addergate status --json</c> prints.
/// </summary>
public sealed record ServerSnapshot
{
    public required string Version { get; init; }

    /// <summary>The application as the settings named it; the first where there are several.</summary>
    public required string Application { get; init; }

    /// <summary>Every application, in the order of the settings.</summary>
    public required IReadOnlyList<ApplicationSnapshot> Applications { get; init; }

    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>The page with figures; null without <c>--enable-telemetry</c>.</summary>
    public string? TelemetryUrl { get; init; }

    /// <summary>The plain port.</summary>
    public required int Port { get; init; }

    public required string ServerRoot { get; init; }

    /// <summary>starting, serving, draining or stopping.</summary>
    public required string State { get; init; }

    /// <summary>The first application's generation that gets requests; 0 before the first is ready.</summary>
    public required uint Generation { get; init; }

    /// <summary>Whether a reload is under way.</summary>
    public required bool Reloading { get; init; }

    /// <summary>Requests that wait for a request thread.</summary>
    public required long Waiting { get; init; }

    /// <summary>How long the first of them has waited.</summary>
    public required double OldestWaitSeconds { get; init; }

    /// <summary>Requests inside the application.</summary>
    public required long Running { get; init; }

    /// <summary>Request threads of the workers that get requests.</summary>
    public required long Capacity { get; init; }

    /// <summary>Requests that workers have answered since the server was started.</summary>
    public required long Completed { get; init; }

    /// <summary>Requests answered 503 because the queue was full, since the front end was started.</summary>
    public required long Refused { get; init; }

    /// <summary>Requests answered 504, since the front end was started.</summary>
    public required long TimedOut { get; init; }

    /// <summary>How often workers were recycled, by reason.</summary>
    public required IReadOnlyDictionary<string, long> Recycled { get; init; }

    /// <summary>The supervisor first, then the front end, the templates, the workers from the oldest to the youngest, the
    /// services.</summary>
    public required IReadOnlyList<ProcessSnapshot> Processes { get; init; }

    /// <summary>What happened to front ends and workers last, the oldest first.</summary>
    public IReadOnlyList<ProcessEvent> Events { get; init; } = [];

    /// <summary>Indented.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, AdminJson.Indented.ServerSnapshot);
}
