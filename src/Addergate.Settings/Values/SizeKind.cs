using System.Globalization;

namespace Addergate.Settings.Values;

/// <summary>Amounts of bytes; K, M, G and T are powers of 1024, with or without <c>iB</c> or <c>B</c>.</summary>
internal static class SizeKind
{
    internal static ValueKind<long> Instance { get; } = Between(0, long.MaxValue);

    internal static ValueKind<long> Between(long smallest, long largest) => new(
        "BYTES", "bytes, or a number with K, M, G or T (powers of 1024), as in 10M", text => Parse(text, smallest, largest), Show)
    {
        FileTypes = FileTypes.Integer | FileTypes.Text,
    };

    /// <summary>0 for off, or a useful amount.</summary>
    internal static ValueKind<long> OffOrAtLeast(long smallest, long largest) =>
        Between(0, largest) with
        {
            Syntax = $"bytes, or a number with K, M, G or T (powers of 1024): 0, or {Show(smallest)} and more",
            Parse = text => Parse(text, 0, largest) is { Problem: null, Value: > 0 } parsed && parsed.Value < smallest
                ? Parsed<long>.Wrong($"is too little: the least is {Show(smallest)}, or 0 for none")
                : Parse(text, 0, largest),
        };

    private static Parsed<long> Parse(string text, long smallest, long largest)
    {
        var digits = text.AsSpan().IndexOfAnyExcept("0123456789.");
        var number = digits < 0 ? text.AsSpan() : text.AsSpan(0, digits);
        var suffix = digits < 0 ? "" : text[digits..].Trim();
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            || UnitBytes(suffix.ToUpperInvariant()) is not { } unit)
        {
            return Parsed<long>.Wrong("is not an amount of bytes: write a number, or a unit as in 512K, 10M, 1G");
        }

        if (amount > (decimal)largest / unit)
        {
            return Parsed<long>.Wrong($"is too much: the most is {Show(largest)}");
        }

        var bytes = (long)(amount * unit);
        return bytes < smallest ? Parsed<long>.Wrong($"is too little: the least is {Show(smallest)}") : bytes;
    }

    private static long? UnitBytes(string suffix) => suffix switch
    {
        "" or "B" => 1,
        "K" or "KB" or "KIB" => 1L << 10,
        "M" or "MB" or "MIB" => 1L << 20,
        "G" or "GB" or "GIB" => 1L << 30,
        "T" or "TB" or "TIB" => 1L << 40,
        _ => null,
    };

    private static string Show(long bytes)
    {
        var power = 0;
        while (power < 4 && bytes != 0 && bytes % 1024 == 0)
        {
            bytes /= 1024;
            power++;
        }

        return bytes.ToString(CultureInfo.InvariantCulture) + " KMGT"[power].ToString().Trim();
    }
}
