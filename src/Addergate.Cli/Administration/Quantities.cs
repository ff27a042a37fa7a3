using System.Globalization;

namespace Addergate.Cli.Administration;

/// <summary>Numbers as people read them at a glance.</summary>
internal static class Quantities
{
    private const double KiB = 1024;
    private const double MiB = 1024 * KiB;
    private const double GiB = 1024 * MiB;

    /// <summary>With a comma at each thousand: <c>18,302</c>.</summary>
    internal static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Two units at most: <c>0.4 s</c>, <c>12 s</c>, <c>3 min 20 s</c>, <c>2 h 13 min</c>, <c>5 d 2 h</c>.
    /// </summary>
    internal static string Age(double seconds)
    {
        var whole = (long)seconds;
        return whole switch
        {
            < 10 => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(seconds, 0):0.0} s"),
            < 60 => $"{whole} s",
            < 3600 => $"{whole / 60} min {whole % 60} s",
            < 86400 => $"{whole / 3600} h {whole / 60 % 60} min",
            _ => $"{whole / 86400} d {whole / 3600 % 24} h",
        };
    }

    internal static string Memory(long bytes) => bytes switch
    {
        < (long)(10 * MiB) => string.Create(CultureInfo.InvariantCulture, $"{bytes / MiB:0.0} MiB"),
        < (long)(10 * GiB) => string.Create(CultureInfo.InvariantCulture, $"{bytes / MiB:0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / GiB:0.0} GiB"),
    };
}
