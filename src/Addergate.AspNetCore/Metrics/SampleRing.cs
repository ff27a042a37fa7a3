using Addergate.Wire.Telemetry;

namespace Addergate.AspNetCore.Metrics;

/// <summary>The last samples. Thread-safe.</summary>
internal sealed class SampleRing
{
    // As mod_wsgi's collector keeps: ten minutes at a sample a second.
    private const int Most = 600;

    private readonly Lock _lock = new();
    private readonly Queue<TelemetrySample> _samples = new(Most);

    public TelemetrySample? Last { get; private set; }

    public void Add(TelemetrySample sample)
    {
        lock (_lock)
        {
            if (_samples.Count == Most)
            {
                _samples.Dequeue();
            }

            _samples.Enqueue(sample);
            Last = sample;
        }
    }

    /// <summary>Those behind this number, the oldest first.</summary>
    public TelemetrySample[] After(long number)
    {
        lock (_lock)
        {
            return [.. _samples.SkipWhile(sample => sample.Number <= number)];
        }
    }
}
