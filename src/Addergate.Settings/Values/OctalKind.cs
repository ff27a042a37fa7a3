namespace Addergate.Settings.Values;

/// <summary>Permission bits as chmod and umask write them.</summary>
internal static class OctalKind
{
    internal static ValueKind<int> Permissions { get; } = new(
        "MODE",
        "an octal number from 0 to 777",
        static text => text.Length is > 0 and <= 4 && !text.AsSpan().ContainsAnyExceptInRange('0', '7')
            && Convert.ToInt32(text, 8) is var mode and <= 0x1FF
                ? mode
                : Parsed<int>.Wrong("is no octal number from 0 to 777"),
        static mode => Convert.ToString(mode, 8).PadLeft(3, '0'));
}
