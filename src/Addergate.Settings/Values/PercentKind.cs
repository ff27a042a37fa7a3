using System.Globalization;

namespace Addergate.Settings.Values;

/// <summary>Whole percentages, with or without the sign.</summary>
internal static class PercentKind
{
    internal static ValueKind<int> UpTo(int largest)
    {
        var numbers = NumberKind.Between(0, largest);
        return new ValueKind<int>(
            "PERCENT",
            string.Create(CultureInfo.InvariantCulture, $"a percentage from 0 to {largest}"),
            text => numbers.Parse(text.EndsWith('%') ? text[..^1] : text),
            value => numbers.Show(value) + "%")
        {
            FileTypes = FileTypes.Integer | FileTypes.Text,
        };
    }
}
