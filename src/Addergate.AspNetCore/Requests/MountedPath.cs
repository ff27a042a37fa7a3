using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.Requests;

/// <summary>Takes the mount point (<c>PathBase</c>) off the decoded raw path.</summary>
internal static class MountedPath
{
    /// <summary>False when the framework's path is not the one that the client asked for: a middleware before the
    /// mount has rewritten it.</summary>
    public static bool TryRemoveBase(
        ReadOnlySpan<byte> decoded, IHttpRequestFeature request, ReadOnlySpan<char> raw, out ReadOnlySpan<byte> pathInfo)
    {
        pathInfo = decoded;
        var pathBase = request.PathBase;
        if (pathBase.Length > 0)
        {
            Span<byte> encoded = stackalloc byte[256];
            if (pathBase.Length > encoded.Length / 3)
            {
                encoded = new byte[Encoding.UTF8.GetByteCount(pathBase)];
            }

            encoded = encoded[..Encoding.UTF8.GetBytes(pathBase, encoded)];
            if (!StartsWithIgnoreCase(decoded, encoded))
            {
                return false;
            }

            pathInfo = decoded[encoded.Length..];
        }

        return raw.IsEmpty || IsWhatKestrelSaw(raw, pathBase, request.Path);
    }

    // app.Map compares without case, so the bytes that the client sent for the mount point may differ in it.
    private static bool StartsWithIgnoreCase(ReadOnlySpan<byte> path, ReadOnlySpan<byte> pathBase) =>
        path.Length >= pathBase.Length
        && (path.StartsWith(pathBase) || Ascii.EqualsIgnoreCase(path[..pathBase.Length], pathBase));

    private static bool IsWhatKestrelSaw(ReadOnlySpan<char> raw, string pathBase, string path)
    {
        if (raw.Length == pathBase.Length + path.Length
            && raw.StartsWith(pathBase, StringComparison.OrdinalIgnoreCase) && raw.EndsWith(path, StringComparison.Ordinal))
        {
            return true;
        }

        // Dot segments were removed: nothing cheap tells a rewrite from that, and both views agree on the result.
        if (raw.Contains("/.", StringComparison.Ordinal) || raw.Contains("%2e", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return raw.Contains('%')
            && string.Equals(
                PathString.FromUriComponent(raw.ToString()).Value, pathBase + path, StringComparison.OrdinalIgnoreCase);
    }
}
