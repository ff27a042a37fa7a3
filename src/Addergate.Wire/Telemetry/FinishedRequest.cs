namespace Addergate.Wire.Telemetry;

/// <summary>One request that is over. Durations are in seconds, and null for a part that it did not come to.</summary>
/// <param name="Status">What its client was answered with.</param>
/// <param name="IsClientGone">Its client went before the answer was whole.</param>
/// <param name="IsCutOff">The server reset the connection in the middle of the answer.</param>
/// <param name="BytesIn">Of its body, or -1 when that is not known.</param>
/// <param name="BytesOut">Of the answer's body.</param>
public readonly record struct FinishedRequest(
    int Status, bool IsClientGone, bool IsCutOff, long BytesIn, long BytesOut)
{
    public double? FrontEnd { get; init; }

    public double? Queue { get; init; }

    public double? Application { get; init; }

    public double Whole { get; init; }
}
