using System.Globalization;

namespace Addergate.Settings.Values;

/// <summary>Whole numbers within bounds.</summary>
internal static class NumberKind
{
    internal static ValueKind<int> Between(int smallest, int largest, string metavar = "N") => new(
        metavar,
        $"a whole number from {Show(smallest)} to {Show(largest)}",
        text => Parse(text, smallest, largest),
        Show)
    {
        FileTypes = FileTypes.Integer,
    };

    internal static ValueKind<int> Port { get; } = new(
        "PORT", "a port from 0 to 65535, 0 = one that is free", text => Parse(text, 0, 65535), Show)
    {
        FileTypes = FileTypes.Integer,
    };

    private static Parsed<int> Parse(string text, int smallest, int largest)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return Parsed<int>.Wrong(text.AsSpan().TrimStart("+-").ContainsAnyExceptInRange('0', '9')
                ? "is not a whole number"
                : $"is not between {Show(smallest)} and {Show(largest)}");
        }

        return number < smallest || number > largest
            ? Parsed<int>.Wrong($"is not between {Show(smallest)} and {Show(largest)}")
            : (int)number;
    }

    private static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);
}
