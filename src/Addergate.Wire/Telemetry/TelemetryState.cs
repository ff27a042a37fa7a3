using Addergate.Wire.Administration;

namespace Addergate.Wire.Telemetry;

/// <summary>What the page shows.</summary>
public sealed record TelemetryState
{
    /// <summary>When the front end was started, seconds since the epoch: the samples of two front ends do not go together.
    /// </summary>
    public required double Started { get; init; }

    /// <summary>Seconds since the epoch.</summary>
    public required double Now { get; init; }

    /// <summary>Between two samples, in seconds.</summary>
    public required double Interval { get; init; }

    /// <summary>Where the first octave begins, in seconds.</summary>
    public double ShortestOctave => DurationBuckets.Shortest;

    /// <summary>The longest that is no slow request, in seconds, for each application; 0 where none is told.</summary>
    public required IReadOnlyList<double> SlowAfter { get; init; }

    /// <summary>As the supervisor saw it last; null when it has not answered.</summary>
    public required ServerSnapshot? Server { get; init; }

    /// <summary>Those that the reader does not know yet.</summary>
    public required IReadOnlyList<TelemetrySample> Samples { get; init; }

    public required IReadOnlyList<WorkerThreads> Threads { get; init; }

    /// <summary>The oldest first.</summary>
    public required IReadOnlyList<SlowRequest> SlowRunning { get; init; }

    /// <summary>The last one first.</summary>
    public required IReadOnlyList<SlowRequest> SlowEnded { get; init; }
}
