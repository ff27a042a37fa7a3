using System.Net;
using Addergate.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>
/// Makes the request to the target of the client's. Left out are headers of the one connection (RFC 9110 7.6.1, also those
/// that <c>Connection</c> names, as far as the web server tells: of a list that has <c>close</c> or <c>keep-alive</c> in it Kestrel
/// keeps that alone), those in which clients could pretend to be a proxy, <c>Proxy</c>, which Python's HTTP clients
/// would take for a setting, and names with anything but letters, digits and <c>-</c>: <c>X_Forwarded_For</c> is
/// <c>X-Forwarded-For</c> in an environ.
/// </summary>
internal static class ForwardedRequest
{
    /// <summary>Makes it.</summary>
    /// <param name="context">The client's request.</param>
    /// <param name="route">Where it goes.</param>
    /// <param name="pathAndQuery">Of <see cref="ForwardedPath"/>.</param>
    /// <param name="body">Its body, or null.</param>
    /// <param name="forwarded">Who asks.</param>
    /// <param name="handshake">For a WebSocket; else null.</param>
    public static HttpRequestMessage Create(
        HttpContext context,
        ForwardRoute route,
        string pathAndQuery,
        ForwardedBody? body,
        ForwardedHeaders forwarded,
        WebSocketHandshake? handshake)
    {
        var request = context.Request;
        var target = route.Rule.Target;
        var message = new HttpRequestMessage
        {
            Method = handshake is null ? HttpMethod.Parse(request.Method) : HttpMethod.Get,
            // As it is: the usual constructor would decode and encode it again.
            RequestUri = new Uri(
                $"{target.Scheme}://{target.Authority}{pathAndQuery}",
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }),
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        var isFromTrusted = ForwardedHeaders.IsFromTrusted(context);
        var named = NameList.Read(request.Headers.Connection);
        foreach (var (name, values) in request.Headers)
        {
            if (IsPlain(name) && !IsForConnection(name, named) && !forwarded.Replaces(name, isFromTrusted, route))
            {
                Copy(message, name, values);
            }
        }

        forwarded.Write(context, message, route, isFromTrusted);
        if (handshake is not null)
        {
            handshake.Ask(context, message);
            return message;
        }

        if (NameList.Read(request.Headers.TE).Contains("trailers"))
        {
            message.Headers.TryAddWithoutValidation("TE", "trailers");
            message.Headers.TryAddWithoutValidation("Connection", "TE");
        }

        if (body is not null && request.Headers.Expect.Count > 0)
        {
            // It decides, and the client hears of it when its body is asked for.
            message.Headers.ExpectContinue = true;
        }

        return message;
    }

    private static bool IsPlain(string name)
    {
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter != '-')
            {
                return false;
            }
        }

        return name.Length > 0;
    }

    private static bool IsForConnection(string name, HashSet<string> named) =>
        HopByHopHeaders.Contains(name)
        || named.Contains(name)
        || name.Equals("Host", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Proxy", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Expect", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
        || name.Equals("HTTP2-Settings", StringComparison.OrdinalIgnoreCase);

    private static void Copy(HttpRequestMessage message, string name, StringValues values)
    {
        // HTTP/2 clients send each cookie by itself (RFC 9113 8.2.3).
        var value = values.Count == 1
            ? values[0]
            : string.Join(name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? "; " : ", ", values.ToArray());
        if (!message.Headers.TryAddWithoutValidation(name, value))
        {
            message.Content ??= new NoBody();
            message.Content.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
