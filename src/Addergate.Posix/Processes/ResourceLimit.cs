using System.Globalization;

namespace Addergate.Posix.Processes;

/// <summary>A limit to set; as text <c>name=soft:hard</c>, where a null hard limit stays as it is.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Soft">In the kind's own unit; <see cref="Unlimited"/> for none.</param>
/// <param name="Hard">Ceiling of the soft limit, or null.</param>
public readonly record struct ResourceLimit(ResourceKind Kind, ulong Soft, ulong? Hard)
{
    public const ulong Unlimited = ulong.MaxValue;

    public override string ToString() => Hard is { } hard ? $"{Kind}={Soft}:{hard}" : $"{Kind}={Soft}";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, out ResourceLimit limit)
    {
        limit = default;
        var equals = text.IndexOf('=');
        if (equals < 0 || !Enum.TryParse<ResourceKind>(text.AsSpan(0, equals), out var kind) || !Enum.IsDefined(kind))
        {
            return false;
        }

        var values = text[(equals + 1)..].Split(':');
        if (values.Length > 2 || !TryParseNumber(values[0], out var soft))
        {
            return false;
        }

        ulong? hard = null;
        if (values.Length == 2)
        {
            if (!TryParseNumber(values[1], out var ceiling))
            {
                return false;
            }

            hard = ceiling;
        }

        limit = new ResourceLimit(kind, soft, hard);
        return true;
    }

    private static bool TryParseNumber(string text, out ulong value) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
