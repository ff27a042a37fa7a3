namespace Addergate.Settings.LogFormats;

/// <summary>One piece of a format in Apache's notation: text as it stands, or a directive.</summary>
public sealed record LogFormatItem
{
    /// <summary>Text as it stands; null for a directive.</summary>
    public string? Text { get; init; }

    /// <summary>The letter of a directive.</summary>
    public char Letter { get; init; }

    /// <summary>What stands in braces, or empty.</summary>
    public string Argument { get; init; } = "";

    /// <summary>As <c>400,501</c> in <c>%400,501{User-Agent}i</c>: those for which it is written; empty for all.</summary>
    public IReadOnlyList<int> Statuses { get; init; } = [];

    /// <summary>As the <c>!</c> in <c>%!200i</c>: all statuses but those.</summary>
    public bool IsNegated { get; init; }

    /// <summary>The directive for people, without its modifiers: <c>%{ms}T</c>.</summary>
    public string Name => Argument.Length > 0 ? $"%{{{Argument}}}{Letter}" : $"%{Letter}";
}
