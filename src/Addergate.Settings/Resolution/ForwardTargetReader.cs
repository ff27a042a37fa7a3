using System.Text;
using Addergate.Settings.Model;

namespace Addergate.Settings.Resolution;

/// <summary>Targets as users and Apache's ProxyPass write them: <c>http://127.0.0.1:8000/app/</c>, <c>https://…</c>,
/// <c>unix:/run/app.sock</c>, <c>unix:/run/app.sock|http://localhost/</c>.</summary>
internal static class ForwardTargetReader
{
    private const string Unix = "unix:";

    // sun_path of unix(7) has 108 bytes, with a NUL at the end.
    private const int LongestSocketPath = 107;

    /// <summary>The target, or what is wrong with it, worded to follow the text in quotes.</summary>
    internal static (ForwardTarget? Target, string? Problem) Read(string text)
    {
        string? socket = null;
        var url = text;
        if (text.StartsWith(Unix, StringComparison.OrdinalIgnoreCase))
        {
            var bar = text.IndexOf('|');
            socket = bar < 0 ? text[Unix.Length..] : text[Unix.Length..bar];
            url = bar < 0 ? "http://localhost/" : text[(bar + 1)..];
            if (!socket.StartsWith('/'))
            {
                return (null, "names no socket by its whole path: write it as in unix:/run/app.sock");
            }

            if (Encoding.UTF8.GetByteCount(socket) > LongestSocketPath)
            {
                return (null, $"has a path that is too long for a socket: the most is {LongestSocketPath} bytes");
            }
        }

        return Url(url, socket);
    }

    private static (ForwardTarget?, string?) Url(string url, string? socket)
    {
        if (url.StartsWith("ws://", StringComparison.OrdinalIgnoreCase)
            || url.StartsWith("wss://", StringComparison.OrdinalIgnoreCase))
        {
            return (null, "is for WebSockets alone: write http:// or https://, which passes them on too");
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
            || uri.Host.Length == 0)
        {
            return (null, "is no server: write it as in http://127.0.0.1:8000/ or unix:/run/app.sock");
        }

        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0 || url.AsSpan().ContainsAny("?#"))
        {
            return (null, "is more than scheme, host, port and path: leave out the rest");
        }

        if (uri.Port == 0)
        {
            return (null, "has port 0, which nothing listens on");
        }

        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        var authority = uri.IsDefaultPort ? host : $"{host}:{uri.Port.ToString(null, null)}";
        return (new ForwardTarget(uri.Scheme, authority, uri.AbsolutePath, socket), null);
    }
}
