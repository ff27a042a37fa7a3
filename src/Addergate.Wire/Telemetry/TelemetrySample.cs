namespace Addergate.Wire.Telemetry;

/// <summary>How the server did since the sample before.</summary>
/// <param name="Number">Counts up from 1.</param>
/// <param name="Time">Its end, seconds since the epoch.</param>
/// <param name="Seconds">Its length.</param>
/// <param name="Applications">In the order of the settings.</param>
/// <param name="Processes">The first of them, where there are very many.</param>
public sealed record TelemetrySample(
    long Number,
    double Time,
    double Seconds,
    IReadOnlyList<ApplicationSample> Applications,
    IReadOnlyList<ProcessSample> Processes);
