namespace Addergate.AspNetCore.Tls;

/// <summary>The paths at and below which a client needs a certificate. An application may read a path in more ways than
/// one; it is enough that one of them is below.</summary>
/// <param name="paths">Without slashes at their ends. Empty for every path.</param>
internal sealed class VerifiedPaths(IReadOnlyList<string> paths)
{
    /// <param name="path">Of a request, decoded but for <c>%2F</c>, without dot segments: as the web server gives it.</param>
    public bool Contains(string path)
    {
        if (paths.Count == 0 || IsBelow(path))
        {
            return true;
        }

        // Nothing to read in another way: the common case.
        return path.AsSpan().IndexOfAny("%\\") < 0 && !path.Contains("//", StringComparison.Ordinal)
            ? false
            : IsBelow(Plain(path));
    }

    private bool IsBelow(string path)
    {
        foreach (var verified in paths)
        {
            if (path.StartsWith(verified, StringComparison.OrdinalIgnoreCase)
                && (path.Length == verified.Length || path[verified.Length] == '/'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>As an application has it that decodes slashes, merges them, takes backslashes for them and removes dot
    /// segments.</summary>
    private static string Plain(string path)
    {
        var parts = new List<string>();
        foreach (var part in Uri.UnescapeDataString(path).Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
            {
                parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return "/" + string.Join('/', parts);
    }
}
