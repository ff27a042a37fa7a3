using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Text;
using Addergate.AspNetCore.Bodies;
using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Proxies;
using Addergate.Wire.Frames;
using Addergate.Wire.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace Addergate.AspNetCore.Requests;

/// <summary>
/// Translates a request into a REQUEST frame. Runs when a slot is there for the request, on whatever thread freed it;
/// the exchange's owner waits meanwhile, so nobody else touches the context.
/// </summary>
internal static class RequestWriter
{
    // A body up to this size is copied behind the head, which saves a system call; a larger one is sent from where
    // it is.
    private const int LargestCopiedBody = 16 * 1024;

    /// <summary>Builds the frame in an empty buffer.</summary>
    /// <returns>Body pieces to send right after the buffer.</returns>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Write(FrameBuffer buffer, Exchange exchange, ulong number)
    {
        var context = exchange.Context;
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        var body = exchange.Body;
        var isSecure = request.Scheme == Uri.UriSchemeHttps;
        var head = new RequestHead(
            number,
            body?.Length ?? 0,
            exchange.RequestStart,
            exchange.QueueStart,
            body?.Mode ?? RequestBodyMode.None,
            isSecure);
        var writer = RequestHeadWriter.Begin(buffer, head);
        AddLatin1(ref writer, CgiKey.RequestMethod, request.Method);
        var proxied = exchange.ProxiedServer;
        WriteTarget(ref writer, request, proxied);
        AddLatin1(ref writer, CgiKey.ServerProtocol, request.Protocol);
        AddLatin1(ref writer, CgiKey.RequestScheme, request.Scheme);
        AddLatin1(ref writer, CgiKey.RequestId, exchange.RequestId);
        WriteConnection(ref writer, context, request.Headers.Host.ToString(), isSecure, proxied);
        if (isSecure)
        {
            SecureVariables.Write(ref writer, context);
        }

        exchange.HandledFile?.Write(ref writer);
        exchange.ErrorPage?.Write(ref writer);
        WriteUser(ref writer, context);
        RequestHeaderWriter.Write(ref writer, request.Headers, isTakenIn: body is not StreamedBody);
        if (body is { Length: >= 0 } || request.Headers.ContentLength is not null)
        {
            AddNumber(ref writer, CgiKey.ContentLength, body?.Length ?? 0);
        }

        if (head.BodyMode is not RequestBodyMode.Inline)
        {
            writer.End();
            return [];
        }

        if (body!.Length > LargestCopiedBody)
        {
            writer.EndWithBodyOutside((int)body.Length);
            return body.Inline;
        }

        writer.End(body.Inline);
        return [];
    }

    private static void WriteTarget(ref RequestHeadWriter writer, IHttpRequestFeature request, ProxiedServer? proxied)
    {
        var target = request.RawTarget;
        var query = request.QueryString;
        if (proxied?.MountPoint is { } forwarded)
        {
            AddLatin1(ref writer, CgiKey.ScriptName, forwarded);
            // Where the application asks for it as with mod_wsgi: it is there only if a proxy says so.
            Encoding.Latin1.GetBytes(forwarded, writer.Reserve("mod_wsgi.mount_point"u8, forwarded.Length));
        }
        else
        {
            var mount = request.PathBase;
            Encoding.UTF8.GetBytes(mount, writer.Reserve(CgiKey.ScriptName, Encoding.UTF8.GetByteCount(mount)));
        }

        WritePathInfo(ref writer, request);
        AddLatin1(ref writer, CgiKey.QueryString, query.AsSpan(query.Length > 0 ? 1 : 0));
        AddLatin1(ref writer, CgiKey.RequestUri, target);
        AddLatin1(ref writer, CgiKey.RawUri, target);
    }

    private static void WritePathInfo(ref RequestHeadWriter writer, IHttpRequestFeature request)
    {
        var raw = RequestTarget.RawPath(request.RawTarget);
        byte[]? rented = null;
        var decoded = raw.Length <= 1024 ? stackalloc byte[1024] : rented = ArrayPool<byte>.Shared.Rent(raw.Length);
        var length = PathDecoder.Decode(raw, decoded);
        decoded = decoded[..Math.Max(0, length)];
        if (MountedPath.TryRemoveBase(decoded, request, raw, out var pathInfo))
        {
            writer.Add(CgiKey.PathInfo, pathInfo);
        }
        else
        {
            // Something in front rewrote the URL: then its word counts, in the encoding that the framework uses.
            writer.Add(CgiKey.PathInfo, Encoding.UTF8.GetBytes(request.Path));
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static void WriteConnection(
        ref RequestHeadWriter writer,
        HttpContext context,
        ReadOnlySpan<char> host,
        bool isSecure,
        ProxiedServer? proxied)
    {
        var connection = context.Features.Get<IHttpConnectionFeature>();
        HostSplit.Split(host, out var name, out var port);
        name = proxied?.Name is { } forwardedName ? forwardedName : name;
        port = proxied?.Port is { } forwardedPort ? forwardedPort : port;
        if (!name.IsEmpty)
        {
            AddLatin1(ref writer, CgiKey.ServerName, name);
            AddLatin1(ref writer, CgiKey.ServerPort, !port.IsEmpty ? port : isSecure ? "443" : "80");
        }
        else if (connection?.LocalIpAddress is null)
        {
            // A Unix socket has neither, and PEP 3333 wants both.
            writer.Add(CgiKey.ServerName, "localhost"u8);
            AddLatin1(ref writer, CgiKey.ServerPort, !port.IsEmpty ? port : isSecure ? "443" : "80");
        }
        else
        {
            AddAddress(ref writer, CgiKey.ServerName, connection.LocalIpAddress);
            AddServerPort(ref writer, connection, port);
        }

        AddAddress(ref writer, CgiKey.ServerAddr, connection?.LocalIpAddress);
        AddAddress(ref writer, CgiKey.RemoteAddr, connection?.RemoteIpAddress);
        AddNumber(ref writer, CgiKey.RemotePort, connection?.RemotePort ?? 0);
        AddLatin1(ref writer, CgiKey.ConnectionId, connection?.ConnectionId);
    }

    private static void AddServerPort(
        ref RequestHeadWriter writer, IHttpConnectionFeature? connection, ReadOnlySpan<char> port)
    {
        if (port.IsEmpty)
        {
            AddNumber(ref writer, CgiKey.ServerPort, connection?.LocalPort ?? 0);
        }
        else
        {
            AddLatin1(ref writer, CgiKey.ServerPort, port);
        }
    }

    private static void WriteUser(ref RequestHeadWriter writer, HttpContext context)
    {
        // The feature, not HttpContext.User: that one makes an anonymous user where there is none.
        if (context.Features.Get<IHttpAuthenticationFeature>()?.User?.Identity is { IsAuthenticated: true } identity)
        {
            writer.Add(CgiKey.RemoteUser, Encoding.UTF8.GetBytes(identity.Name ?? ""));
            AddLatin1(ref writer, CgiKey.AuthType, identity.AuthenticationType);
        }
    }

    private static void AddLatin1(ref RequestHeadWriter writer, CgiKey key, ReadOnlySpan<char> value) =>
        Encoding.Latin1.GetBytes(value, writer.Reserve(key, value.Length));

    private static void AddNumber(ref RequestHeadWriter writer, CgiKey key, long value)
    {
        Span<byte> digits = stackalloc byte[20];
        _ = Utf8Formatter.TryFormat(value, digits, out var length);
        writer.Add(key, digits[..length]);
    }

    private static void AddAddress(ref RequestHeadWriter writer, CgiKey key, IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        Span<byte> text = stackalloc byte[64];
        var length = 0;
        _ = address?.TryFormat(text, out length);
        writer.Add(key, text[..length]);
    }
}
