using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>Paths of URLs as users write them.</summary>
internal static class UrlPaths
{
    /// <summary>Without a slash at its end; empty for the root. What is no such path is noted, and null.</summary>
    internal static string? Read(SettingValues values, string origin, string url)
    {
        var path = url.TrimEnd('/');
        var problem = !url.StartsWith('/') ? "does not begin with a slash"
            : path.AsSpan().IndexOfAny("?#") >= 0 ? "is more than a path: leave out what follows ? or #"
            : path.Contains('%') ? "is encoded: write it as it reads, without %"
            : path.Split('/')[1..].Any(static part => part is "" or "." or "..") ? "has an empty part, . or .. in it"
            : null;
        if (problem is not null)
        {
            values.Wrong($"{origin}: the URL \"{url}\" {problem}", "write a path as in /static");
            return null;
        }

        return path;
    }
}
