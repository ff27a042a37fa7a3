using System.Text;
using Addergate.AspNetCore.Connections;
using Addergate.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>
/// Makes the target's URL of the client's. What stands behind the mount point is passed on byte for byte: decoding and
/// encoding again would change it (<c>%2F</c>, <c>%252e</c>). Only dot segments are removed, as the web server has removed them
/// before the route was chosen.
/// <para>What the next server may read as a dot segment although it is none here is refused, since it would lead out of the
/// mount: <c>..%2F</c>, <c>..%5C</c>, <c>..;</c> (path parameters).</para>
/// </summary>
internal static class ForwardedPath
{
    private enum SegmentKind
    {
        Name,
        Stay,
        Up,
        Refused,
    }

    /// <summary>Path and query for the target, or null where the request is to be refused.</summary>
    /// <param name="target">The request target as the client sent it.</param>
    /// <param name="route">What it matches.</param>
    public static string? Map(string target, ForwardRoute route)
    {
        foreach (var letter in target)
        {
            // HTTP/2 lets more through than the gate before HTTP/1.
            if (!char.IsAscii(letter) || !HttpCharacters.Target.Contains((byte)letter))
            {
                return null;
            }
        }

        var raw = RequestTarget.RawPath(target);
        // OPTIONS *: the target is asked about its root.
        var whole = raw.IsEmpty ? "/" : Normalize(raw);
        if (whole is null || TakeMount(whole, route) is not { } rest)
        {
            return null;
        }

        var query = target.IndexOf('?');
        return string.Concat(route.Rule.Target.Path, rest, query < 0 ? "" : target.AsSpan(query));
    }

    /// <summary>What stands behind the mount point and its slash; null when the path is not below it after all.</summary>
    private static string? TakeMount(string path, ForwardRoute route)
    {
        var end = 0;
        for (var i = 0; i < route.MountedSegments; i++)
        {
            end = path.IndexOf('/', end + 1);
            if (end < 0)
            {
                return null;
            }
        }

        return PathString.FromUriComponent(path[..end]).Value is var mount
            && (mount ?? "") == route.Rule.Url ? path[(end + 1)..] : null;
    }

    private static string? Normalize(ReadOnlySpan<char> raw)
    {
        if (raw.IndexOfAny('%', ';') < 0 && raw.IndexOf("/.", StringComparison.Ordinal) < 0)
        {
            return raw.ToString();
        }

        var segments = new List<string>();
        foreach (var range in raw[1..].Split('/'))
        {
            var segment = raw[1..][range];
            var isLast = range.End.Value == raw.Length - 1;
            switch (KindOf(segment))
            {
                case SegmentKind.Refused:
                    return null;
                case SegmentKind.Name:
                    segments.Add(segment.ToString());
                    continue;
                case SegmentKind.Up when segments.Count > 0:
                    segments.RemoveAt(segments.Count - 1);
                    break;
            }

            if (isLast)
            {
                segments.Add("");
            }
        }

        return "/" + string.Join('/', segments);
    }

    private static SegmentKind KindOf(ReadOnlySpan<char> segment)
    {
        if (segment.IndexOfAny('.', '%') < 0)
        {
            return SegmentKind.Name;
        }

        var decoded = new byte[segment.Length + 1];
        var length = PathDecoder.Unescape(segment, decoded);
        var text = Encoding.Latin1.GetString(decoded, 0, length);
        if (text is "." or "..")
        {
            return text == "." ? SegmentKind.Stay : SegmentKind.Up;
        }

        foreach (var part in text.Split('/', '\\'))
        {
            var name = part.AsSpan();
            name = name.IndexOf(';') is var semicolon and >= 0 ? name[..semicolon] : name;
            if (name is "." or "..")
            {
                return SegmentKind.Refused;
            }
        }

        return SegmentKind.Name;
    }
}
