using System.Globalization;

namespace Addergate.Settings.Values;

/// <summary>Durations: plain seconds as mod_wsgi-express writes them, or numbers with units (<c>1m30s</c>).</summary>
internal static class DurationKind
{
    /// <summary>Timers count milliseconds in 32 bits, signed.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    internal static ValueKind<TimeSpan> Instance { get; } = new(
        "SECONDS", "seconds, or numbers with ms, s, m, h or d, as in 90, 1.5s, 2m, 1m30s", Parse, Show)
    {
        FileTypes = FileTypes.Integer | FileTypes.Decimal | FileTypes.Text,
    };

    private static Parsed<TimeSpan> Parse(string text)
    {
        var rest = text.AsSpan();
        var total = 0.0;
        do
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            var number = digits < 0 ? rest : rest[..digits];
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            {
                return NotADuration();
            }

            rest = rest[number.Length..];
            var letters = rest.IndexOfAny("0123456789.");
            var unit = letters < 0 ? rest : rest[..letters];
            rest = rest[unit.Length..];
            if (UnitSeconds(unit, isLastPart: rest.IsEmpty) is not { } seconds)
            {
                return NotADuration();
            }

            total += amount * seconds;
        }
        while (!rest.IsEmpty);

        return total > Longest.TotalSeconds
            ? Parsed<TimeSpan>.Wrong($"is too long: the most is {Show(Longest)}")
            : TimeSpan.FromSeconds(total);
    }

    private static double? UnitSeconds(ReadOnlySpan<char> unit, bool isLastPart) => unit switch
    {
        "" when isLastPart => 1,
        "ms" => 0.001,
        "s" => 1,
        "m" or "min" => 60,
        "h" => 3600,
        "d" => 86400,
        _ => null,
    };

    private static Parsed<TimeSpan> NotADuration() =>
        Parsed<TimeSpan>.Wrong("is not a duration: write seconds, or units as in 5s, 2m, 1h");

    private static string Show(TimeSpan value) => value switch
    {
        { Ticks: 0 } => "0",
        _ when value.Ticks % TimeSpan.TicksPerDay == 0 => Unit(value.TotalDays, "d"),
        _ when value.Ticks % TimeSpan.TicksPerHour == 0 => Unit(value.TotalHours, "h"),
        _ when value >= TimeSpan.FromMinutes(2) && value.Ticks % TimeSpan.TicksPerMinute == 0 =>
            Unit(value.TotalMinutes, "m"),
        _ => Unit(value.TotalSeconds, "s"),
    };

    private static string Unit(double number, string unit) => number.ToString(CultureInfo.InvariantCulture) + unit;
}
