using System.Globalization;
using System.Text;

namespace Addergate.Settings.LogFormats;

/// <summary>strftime(3) in the C locale and UTC.</summary>
public static class StrftimePattern
{
    private const string Letters = "aAbBcCdDeFGghHIjklmMnprRsStTuUVwWxXyYzZ%";

    /// <summary>Null when it can be written.</summary>
    public static string? ProblemWith(string pattern)
    {
        for (var at = pattern.IndexOf('%', StringComparison.Ordinal); at >= 0; at = Next(at))
        {
            if (at + 1 == pattern.Length)
            {
                return "it ends with %";
            }

            if (!Letters.Contains(pattern[at + 1]))
            {
                return $"there is no %{pattern[at + 1]} in a time";
            }
        }

        return null;

        int Next(int at) => at + 2 < pattern.Length ? pattern.IndexOf('%', at + 2) : -1;
    }

    /// <param name="pattern">One without a problem.</param>
    /// <param name="time">In UTC.</param>
    public static string Format(string pattern, DateTime time)
    {
        var text = new StringBuilder();
        for (var at = 0; at < pattern.Length; at++)
        {
            if (pattern[at] == '%')
            {
                text.Append(Of(pattern[++at], time));
            }
            else
            {
                text.Append(pattern[at]);
            }
        }

        return text.ToString();
    }

    private static string Of(char letter, DateTime time) => letter switch
    {
        'a' => Of(time, "ddd"),
        'A' => Of(time, "dddd"),
        'b' or 'h' => Of(time, "MMM"),
        'B' => Of(time, "MMMM"),
        'c' => $"{Of(time, "ddd MMM")} {time.Day,2} {Of(time, "HH:mm:ss yyyy")}",
        'C' => $"{time.Year / 100:00}",
        'd' => Of(time, "dd"),
        'D' or 'x' => Of(time, "MM'/'dd'/'yy"),
        'e' => $"{time.Day,2}",
        'F' => Of(time, "yyyy'-'MM'-'dd"),
        'g' => $"{ISOWeek.GetYear(time) % 100:00}",
        'G' => $"{ISOWeek.GetYear(time)}",
        'H' => Of(time, "HH"),
        'I' => Of(time, "hh"),
        'j' => $"{time.DayOfYear:000}",
        'k' => $"{time.Hour,2}",
        'l' => $"{((time.Hour + 11) % 12) + 1,2}",
        'm' => Of(time, "MM"),
        'M' => Of(time, "mm"),
        // A line of a log stays one.
        'n' or 't' => " ",
        'p' => Of(time, "tt"),
        'r' => Of(time, "hh':'mm':'ss tt"),
        'R' => Of(time, "HH':'mm"),
        's' => $"{new DateTimeOffset(time, TimeSpan.Zero).ToUnixTimeSeconds()}",
        'S' => Of(time, "ss"),
        'T' or 'X' => Of(time, "HH':'mm':'ss"),
        'u' => $"{(((int)time.DayOfWeek + 6) % 7) + 1}",
        'U' => $"{(time.DayOfYear + 6 - (int)time.DayOfWeek) / 7:00}",
        'V' => $"{ISOWeek.GetWeekOfYear(time):00}",
        'w' => $"{(int)time.DayOfWeek}",
        'W' => $"{(time.DayOfYear + 6 - (((int)time.DayOfWeek + 6) % 7)) / 7:00}",
        'y' => Of(time, "yy"),
        'Y' => Of(time, "yyyy"),
        'z' => "+0000",
        'Z' => "UTC",
        _ => "%",
    };

    private static string Of(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
