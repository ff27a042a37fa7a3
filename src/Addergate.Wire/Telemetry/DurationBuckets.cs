namespace Addergate.Wire.Telemetry;

/// <summary>
/// How durations are sorted: octaves of four linear parts, as mod_wsgi's telemetry has them from 1 ms up; four octaves more
/// below, since most requests here take less. Whatever is shorter is in the first bucket, what is longer in the last.
/// </summary>
public static class DurationBuckets
{
    /// <summary>Octaves between the first and the last bucket.</summary>
    public const int Octaves = 20;

    /// <summary>Buckets of one octave.</summary>
    public const int PerOctave = 4;

    public const int Count = 1 + (Octaves * PerOctave) + 1;

    /// <summary>Octaves below 1 ms.</summary>
    public const int BelowMillisecond = 4;

    /// <summary>Where the first octave begins, in seconds.</summary>
    public const double Shortest = 0.001 / (1 << BelowMillisecond);

    private const int MantissaBits = 52;
    private const int ExponentBias = 1023;

    /// <summary>The bucket of a duration in seconds.</summary>
    public static int IndexOf(double seconds)
    {
        var ratio = seconds / Shortest;
        if (!(ratio >= 1))
        {
            return 0;
        }

        // A number's exponent is its octave, and the two bits behind it the quarter.
        var bits = BitConverter.DoubleToInt64Bits(ratio);
        var octave = (int)(bits >> MantissaBits) - ExponentBias;
        return octave >= Octaves
            ? Count - 1
            : 1 + (octave * PerOctave) + (int)((bits >> (MantissaBits - 2)) & (PerOctave - 1));
    }

    /// <summary>Where a bucket ends, in seconds; infinity for the last.</summary>
    public static double End(int index)
    {
        if (index >= Count - 1)
        {
            return double.PositiveInfinity;
        }

        var (octave, part) = Math.DivRem(index, PerOctave);
        return Shortest * Math.ScaleB(1 + (part / (double)PerOctave), octave);
    }
}
