namespace Addergate.Wire.Telemetry;

/// <summary>How long something took, many times. Not thread-safe.</summary>
public sealed class DurationHistogram
{
    private readonly long[] _buckets = new long[DurationBuckets.Count];

    public long Count { get; private set; }

    /// <summary>Of all, in seconds.</summary>
    public double Sum { get; private set; }

    /// <summary>In seconds; 0 when there was none.</summary>
    public double Shortest { get; private set; }

    /// <summary>In seconds; 0 when there was none.</summary>
    public double Longest { get; private set; }

    /// <summary>How often, by <see cref="DurationBuckets"/>.</summary>
    public ReadOnlySpan<long> Buckets => _buckets;

    public double Mean => Count == 0 ? 0 : Sum / Count;

    public void Add(double seconds)
    {
        seconds = Math.Max(0, seconds);
        Shortest = Count == 0 ? seconds : Math.Min(Shortest, seconds);
        Longest = Math.Max(Longest, seconds);
        Count++;
        Sum += seconds;
        _buckets[DurationBuckets.IndexOf(seconds)]++;
    }

    public void Add(DurationHistogram other)
    {
        if (other.Count == 0)
        {
            return;
        }

        Shortest = Count == 0 ? other.Shortest : Math.Min(Shortest, other.Shortest);
        Longest = Math.Max(Longest, other.Longest);
        Count += other.Count;
        Sum += other.Sum;
        for (var index = 0; index < _buckets.Length; index++)
        {
            _buckets[index] += other._buckets[index];
        }
    }

    /// <summary>The duration that this part of all took no longer than, as exactly as the buckets tell; 0 when there was none.
    /// </summary>
    /// <param name="part">Above 0, at most 1.</param>
    public double Percentile(double part)
    {
        var wanted = (long)Math.Ceiling(part * Count);
        var seen = 0L;
        for (var index = 0; index < _buckets.Length && Count > 0; index++)
        {
            seen += _buckets[index];
            if (seen >= wanted)
            {
                return Math.Clamp(DurationBuckets.End(index), Shortest, Longest);
            }
        }

        return 0;
    }

    /// <summary>How often, as mod_wsgi's telemetry has it: what is shorter than 1 ms is in the first of 65.</summary>
    public int[] FromMillisecond()
    {
        const int Below = DurationBuckets.BelowMillisecond * DurationBuckets.PerOctave;
        var counts = new int[DurationBuckets.Count - Below - 1];
        for (var index = 0; index < _buckets.Length; index++)
        {
            counts[Math.Max(0, index - Below - 1)] += (int)_buckets[index];
        }

        return counts;
    }

    /// <summary>How often, octave by octave: what is shorter than the first, the octaves, what is longer.</summary>
    public long[] ByOctave()
    {
        var octaves = new long[DurationBuckets.Octaves + 2];
        for (var index = 0; index < _buckets.Length; index++)
        {
            octaves[(index + DurationBuckets.PerOctave - 1) / DurationBuckets.PerOctave] += _buckets[index];
        }

        return octaves;
    }
}
