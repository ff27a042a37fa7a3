using System.Text.Json.Serialization;

namespace Addergate.Wire.Administration;

/// <summary>Something that happened to a front end or a worker.</summary>
/// <param name="Number">Counts up in the server's life.</param>
/// <param name="Time">Seconds since the epoch.</param>
/// <param name="ProcessId">Its process; 0 when there was none.</param>
/// <param name="Process">For people: <c>worker 3</c>, <c>front end</c>.</param>
/// <param name="What">ready, stopping or ended.</param>
/// <param name="Reason">Why, where that is known: one of the recycling reasons, or how its process ended.</param>
/// <param name="AgeSeconds">How long it had been ready.</param>
/// <param name="Completed">Requests that a worker had answered.</param>
public sealed record ProcessEvent(
    long Number,
    double Time,
    [property: JsonPropertyName("pid")] int ProcessId,
    string Process,
    string What,
    string Reason,
    double AgeSeconds,
    long Completed);
