namespace Addergate.AspNetCore.Access;

/// <summary>A quoted string of RFC 9110 5.6.4.</summary>
internal static class Quoted
{
    public static string Of(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
