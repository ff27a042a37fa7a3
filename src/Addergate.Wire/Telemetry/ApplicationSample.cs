namespace Addergate.Wire.Telemetry;

/// <summary>How an application did between two samples. Durations are in seconds.</summary>
public sealed record ApplicationSample
{
    public required long Requests { get; init; }

    /// <summary>1xx to 5xx.</summary>
    public required long[] Classes { get; init; }

    public required long ClientsGone { get; init; }

    public required long CutOff { get; init; }

    public required long BytesIn { get; init; }

    public required long BytesOut { get; init; }

    /// <summary>Request threads that were taken, on average.</summary>
    public required double Busy { get; init; }

    /// <summary>Request threads that get requests.</summary>
    public required int Capacity { get; init; }

    /// <summary>Requests that wait, at the sample's moment.</summary>
    public required int Waiting { get; init; }

    public required double OldestWait { get; init; }

    /// <summary>Means, in the order of <see cref="RequestPhase"/>.</summary>
    public required double[] Phases { get; init; }

    public required double Median { get; init; }

    public required double Percentile90 { get; init; }

    public required double Percentile99 { get; init; }

    public required double Longest { get; init; }

    /// <summary>How often the whole took how long: <see cref="DurationHistogram.ByOctave"/>.</summary>
    public required long[] Octaves { get; init; }
}
