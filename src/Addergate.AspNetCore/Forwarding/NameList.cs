using Microsoft.Extensions.Primitives;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>Lists of names, as in <c>Connection</c>.</summary>
internal static class NameList
{
    public static HashSet<string> Read(StringValues values)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in values)
        {
            names.UnionWith((value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }

        return names;
    }
}
