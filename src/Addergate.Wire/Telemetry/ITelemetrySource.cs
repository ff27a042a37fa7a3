namespace Addergate.Wire.Telemetry;

/// <summary>Who knows how the server does. Any thread; a reader is never told to wait.</summary>
public interface ITelemetrySource
{
    /// <param name="known">The number of the last sample that the reader has; 0 for none.</param>
    TelemetryState Read(long known);

    IReadOnlyList<ApplicationTotals> Totals();
}
