using System.Globalization;
using Addergate.Settings.LogFormats;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>Where the text of a directive is taken from while the request is there. Each answers null for nothing.</summary>
internal static class CaptureSources
{
    /// <summary>Null for a directive that needs nothing beyond what every record has.</summary>
    public static Func<IFeatureCollection, string?>? For(LogFormatItem item, ServerFacts facts)
    {
        var name = item.Argument;
        return (item.Letter, name) switch
        {
            ('i', _) => all => Joined(all.Get<IHttpRequestFeature>()?.Headers, name),
            ('o', _) => all => Joined(all.Get<IHttpResponseFeature>()?.Headers, name),
            ('C', _) => all => Cookie(all.Get<IHttpRequestFeature>()?.Headers, name),
            ('k', _) => static all => RequestsBefore(all.Get<IHttpRequestIdentifierFeature>()?.TraceIdentifier, IsHttp2(all)),
            ('A', _) => static all => all.Get<IHttpConnectionFeature>()?.LocalIpAddress is { } address
                ? $"{(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)}"
                : null,
            ('p', "remote") => static all => Number(all.Get<IHttpConnectionFeature>()?.RemotePort),
            ('p', _) => static all => Number(all.Get<IHttpConnectionFeature>()?.LocalPort),
            ('u', _) => static all => all.Get<IHttpAuthenticationFeature>()?.User?.Identity?.Name,
            ('U', _) => static all => all.Get<IHttpRequestFeature>() is { } request ? request.PathBase + request.Path : null,
            ('X', _) => static all => all.Get<AccessRecord>() is { IsClientGone: true } or { IsCutOff: true } ? "X" : IsKept(all) ? "+" : "-",
            _ => null,
        };
    }

    private static string? Joined(IHeaderDictionary? headers, string name) =>
        headers is not null && headers.TryGetValue(name, out var values) ? string.Join(", ", values.ToArray()) : null;

    // Not the parsed collection: it would be made, with all its cookies, for one of them.
    private static string? Cookie(IHeaderDictionary? headers, string name)
    {
        if (headers is null)
        {
            return null;
        }

        foreach (var line in headers.Cookie)
        {
            foreach (var cookie in (line ?? "").Split(';', StringSplitOptions.TrimEntries))
            {
                if (cookie.Length > name.Length && cookie[name.Length] == '='
                    && cookie.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                {
                    return cookie[(name.Length + 1)..].Trim();
                }
            }
        }

        return null;
    }

    // The web server's name of a request: connection, colon, and in hexadecimal the number of the request or HTTP/2 stream.
    private static string? RequestsBefore(string? id, bool isHttp2) =>
        id is not null && int.TryParse(
            id.AsSpan(id.IndexOf(':', StringComparison.Ordinal) + 1),
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var number)
            ? Number(isHttp2 ? (number - 1) / 2 : number - 1)
            : null;

    private static bool IsHttp2(IFeatureCollection all) =>
        all.Get<IHttpRequestFeature>()?.Protocol == HttpProtocol.Http2;

    private static bool IsKept(IFeatureCollection all)
    {
        var says = Joined(all.Get<IHttpResponseFeature>()?.Headers, "Connection") ?? "";
        return all.Get<IHttpRequestFeature>()?.Protocol switch
        {
            "HTTP/1.1" => !says.Contains("close", StringComparison.OrdinalIgnoreCase),
            "HTTP/2" => true,
            _ => says.Contains("keep-alive", StringComparison.OrdinalIgnoreCase),
        };
    }

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
