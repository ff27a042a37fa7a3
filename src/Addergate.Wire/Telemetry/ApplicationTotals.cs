namespace Addergate.Wire.Telemetry;

/// <summary>An application since the front end was started.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Counts">Nobody changes them any more.</param>
/// <param name="Refused">Requests answered 503 because the queue was full.</param>
/// <param name="TimedOut">Requests answered 504.</param>
/// <param name="Last">The last sample; null before the first.</param>
public sealed record ApplicationTotals(
    string Name, RequestCounts Counts, long Refused, long TimedOut, ApplicationSample? Last);
