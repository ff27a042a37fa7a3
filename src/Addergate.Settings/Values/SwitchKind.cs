namespace Addergate.Settings.Values;

/// <summary>On or off, in the words that configuration files and environments use for it.</summary>
internal static class SwitchKind
{
    internal static ValueKind<bool> Instance { get; } = new("on|off", "on or off", Parse, value => value ? "on" : "off")
    {
        FileTypes = FileTypes.Boolean | FileTypes.Text,
    };

    private static Parsed<bool> Parse(string text) => text.ToLowerInvariant() switch
    {
        "on" or "true" or "yes" or "1" => true,
        "off" or "false" or "no" or "0" => false,
        _ => Parsed<bool>.Wrong("is neither on nor off"),
    };
}
