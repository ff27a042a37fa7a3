using Addergate.AspNetCore.Requests;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>
/// Turns what a target says of itself into what clients know, as ProxyPassReverse does: URLs that begin with the target's own
/// (<c>Location</c>). A path alone is left as it is, since the target may know its mount point (X-Forwarded-Prefix).
/// <para>Cookies are changed only where the client could not send them back: a Domain that is the target's host, and a Path below
/// the target's own.</para>
/// </summary>
internal sealed class ReverseMapping(ForwardRoute route)
{
    private readonly ForwardTarget _target = route.Rule.Target;
    private readonly string[] _origins = Origins(route.Rule.Target);

    /// <summary>Maps a URL.</summary>
    /// <param name="context">The client's request.</param>
    /// <param name="url">The value of a header.</param>
    public string MapUrl(HttpContext context, string url)
    {
        foreach (var origin in _origins)
        {
            if (!url.StartsWith(origin, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var path = url.AsSpan(origin.Length);
            if (path.StartsWith(_target.Path, StringComparison.Ordinal))
            {
                path = path[_target.Path.Length..];
            }
            else if (!path.IsEmpty || _target.Path != "/")
            {
                continue;
            }

            var host = context.Request.Host.Value;
            var start = string.IsNullOrEmpty(host) ? "" : $"{context.Request.Scheme}://{host}";
            return $"{start}{route.PublicUrl(context)}/{path}";
        }

        return url;
    }

    /// <summary>Maps a <c>Set-Cookie</c>.</summary>
    /// <param name="context">The client's request.</param>
    /// <param name="cookie">The value of the header.</param>
    public string MapCookie(HttpContext context, string cookie)
    {
        var parts = cookie.Split(';');
        for (var i = 1; i < parts.Length; i++)
        {
            var equals = parts[i].IndexOf('=');
            var name = equals < 0 ? default : parts[i].AsSpan(0, equals).Trim();
            var value = parts[i].AsSpan(equals + 1).Trim();
            if (name.Equals("Domain", StringComparison.OrdinalIgnoreCase) && IsTargetsHost(value.TrimStart('.')))
            {
                HostSplit.Split(context.Request.Host.Value, out var host, out _);
                parts[i] = $" Domain={host}";
            }
            else if (name.Equals("Path", StringComparison.OrdinalIgnoreCase) && MapPath(value, route.PublicUrl(context)) is { } path)
            {
                parts[i] = $" Path={path}";
            }
        }

        return string.Join(';', parts);
    }

    private string? MapPath(ReadOnlySpan<char> path, string publicUrl)
    {
        // At a target's root a cookie for / may well be meant for the whole site.
        if (_target.Path == "/")
        {
            return null;
        }

        if (path.StartsWith(_target.Path, StringComparison.Ordinal))
        {
            return $"{publicUrl}/{path[_target.Path.Length..]}";
        }

        return path.SequenceEqual(_target.Path.AsSpan().TrimEnd('/'))
            ? publicUrl.Length > 0 ? publicUrl : "/"
            : null;
    }

    private bool IsTargetsHost(ReadOnlySpan<char> domain)
    {
        HostSplit.Split(_target.Authority, out var name, out _);
        return domain.Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    private static string[] Origins(ForwardTarget target)
    {
        var origin = $"{target.Scheme}://{target.Authority}";
        HostSplit.Split(target.Authority, out _, out var port);
        // The port that goes without saying may be said.
        return port.IsEmpty ? [$"{origin}:{(target.Scheme == Uri.UriSchemeHttps ? "443" : "80")}", origin] : [origin];
    }
}
