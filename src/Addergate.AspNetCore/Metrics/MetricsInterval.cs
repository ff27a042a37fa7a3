using Addergate.Wire.Administration;
using Addergate.Wire.Telemetry;

namespace Addergate.AspNetCore.Metrics;

/// <summary>Everything that was found out for one sample.</summary>
/// <param name="Sample">What is kept of it.</param>
/// <param name="Workers">Those that are connected, and those that went since the sample before.</param>
/// <param name="Server">As the supervisor sees it; null when it has not answered.</param>
/// <param name="Before">The same of the sample before.</param>
internal sealed record MetricsInterval(
    TelemetrySample Sample,
    IReadOnlyList<WorkerInterval> Workers,
    ServerSnapshot? Server,
    ServerSnapshot? Before);
