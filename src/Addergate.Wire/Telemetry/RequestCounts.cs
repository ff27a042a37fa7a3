namespace Addergate.Wire.Telemetry;

/// <summary>What became of requests in some span of time. Not thread-safe.</summary>
public sealed class RequestCounts
{
    /// <summary>1xx to 5xx.</summary>
    public const int Classes = 5;

    private readonly long[] _classes = new long[Classes];
    private readonly DurationHistogram[] _phases = [new(), new(), new(), new()];

    /// <summary>Requests that are over.</summary>
    public long Requests { get; private set; }

    /// <summary>By the first digit of their status, beginning with 1xx. One whose client went before it was answered counts
    /// as 4xx, one whose answer was cut off by the server as 5xx.</summary>
    public ReadOnlySpan<long> ByClass => _classes;

    /// <summary>Whose client went before the answer was whole.</summary>
    public long ClientsGone { get; private set; }

    /// <summary>Whose answer was cut off by the server.</summary>
    public long CutOff { get; private set; }

    /// <summary>Bytes of request bodies whose length is known.</summary>
    public long BytesIn { get; private set; }

    /// <summary>Bytes of response bodies.</summary>
    public long BytesOut { get; private set; }

    /// <summary>Seconds in which request threads were taken, all together.</summary>
    public double BusySeconds { get; private set; }

    public DurationHistogram this[RequestPhase phase] => _phases[(int)phase];

    public void Add(in FinishedRequest request)
    {
        Requests++;
        var status = request.IsCutOff ? 500 : request.IsClientGone ? 499 : request.Status;
        _classes[Math.Clamp(status / 100, 1, Classes) - 1]++;
        ClientsGone += request.IsClientGone ? 1 : 0;
        CutOff += request.IsCutOff ? 1 : 0;
        BytesIn += Math.Max(0, request.BytesIn);
        BytesOut += request.BytesOut;
        Add(RequestPhase.FrontEnd, request.FrontEnd);
        Add(RequestPhase.Queue, request.Queue);
        Add(RequestPhase.Application, request.Application);
        Add(RequestPhase.Whole, request.Whole);
    }

    public void AddBusy(double seconds) => BusySeconds += seconds;

    public void Add(RequestCounts other)
    {
        Requests += other.Requests;
        for (var index = 0; index < Classes; index++)
        {
            _classes[index] += other._classes[index];
        }

        ClientsGone += other.ClientsGone;
        CutOff += other.CutOff;
        BytesIn += other.BytesIn;
        BytesOut += other.BytesOut;
        BusySeconds += other.BusySeconds;
        for (var index = 0; index < _phases.Length; index++)
        {
            _phases[index].Add(other._phases[index]);
        }
    }

    private void Add(RequestPhase phase, double? seconds)
    {
        if (seconds is { } known)
        {
            _phases[(int)phase].Add(known);
        }
    }
}
