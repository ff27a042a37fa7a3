using System.Net;
using System.Net.Sockets;
using Addergate.AspNetCore.Proxies;
using Addergate.AspNetCore.Requests;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>
/// Tells the target who asks, and for what, in the headers that mod_proxy and mod_wsgi-express write. What the peer sent of
/// them is left out, unless it is a trusted proxy: then its list of addresses is continued.
/// </summary>
/// <param name="serverName">The site's name (<c>--server-name</c>), or null.</param>
internal sealed class ForwardedHeaders(string? serverName)
{
    private const string For = "X-Forwarded-For";
    private const string Scheme = "X-Forwarded-Scheme";
    private const string Prefix = "X-Forwarded-Prefix";
    private const string Server = "X-Forwarded-Server";

    /// <summary>Those that are always ours to write, or to leave out.</summary>
    private static readonly HashSet<string> Ours = new(StringComparer.OrdinalIgnoreCase)
    {
        For, "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto", Scheme, ForwardingHeader.Standard,
    };

    private static readonly HashSet<string> Telling = new(
        ForwardingHeader.All.Select(static header => header.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether what came on this connection was written by a trusted proxy.</summary>
    public static bool IsFromTrusted(HttpContext context) => context.Features.Get<TrustedPeer>() is not null;

    /// <summary>Whether a header of the request must not be copied.</summary>
    public bool Replaces(string name, bool isFromTrusted, ForwardRoute route) =>
        Ours.Contains(name)
        || (!isFromTrusted && Telling.Contains(name))
        || (route.EncodedUrl.Length > 0 && name.Equals(Prefix, StringComparison.OrdinalIgnoreCase))
        || (serverName is not null && name.Equals(Server, StringComparison.OrdinalIgnoreCase));

    /// <summary>Writes them.</summary>
    public void Write(HttpContext context, HttpRequestMessage message, ForwardRoute route, bool isFromTrusted)
    {
        var request = context.Request;
        var headers = message.Headers;
        var peer = Peer(context);
        var server = isFromTrusted ? context.Features.Get<ProxiedServer>() : null;
        if (peer is not null)
        {
            Add(For, isFromTrusted && Earlier(context, peer) is { Length: > 0 } earlier ? $"{earlier}, {peer}" : peer.ToString());
        }

        var host = request.Host.Value ?? "";
        HostSplit.Split(host, out _, out var port);
        Add("X-Forwarded-Host", host);
        Add("X-Forwarded-Port", server?.Port ?? (port.IsEmpty ? request.IsHttps ? "443" : "80" : port.ToString()));
        Add("X-Forwarded-Proto", request.Scheme);
        // As mod_wsgi-express does it.
        Add(Scheme, request.IsHttps ? request.Scheme : "");
        Add(Server, serverName ?? "");
        if (route.EncodedUrl.Length > 0)
        {
            Add(Prefix, route.PublicUrl(context));
        }

        if (isFromTrusted && peer is not null && request.Headers.TryGetValue(ForwardingHeader.Standard, out var standard))
        {
            var node = peer.AddressFamily == AddressFamily.InterNetworkV6 ? $"\"[{peer}]\"" : peer.ToString();
            Add(ForwardingHeader.Standard, $"{standard}, for={node};proto={request.Scheme}");
        }

        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    /// <summary>Whom the trusted proxy names.</summary>
    private static string? Earlier(HttpContext context, IPAddress peer)
    {
        if (context.Request.Headers.TryGetValue(For, out var chain))
        {
            return chain.ToString();
        }

        // It named the client in another header.
        var client = Plain(context.Connection.RemoteIpAddress);
        return client is null || client.Equals(peer) ? null : client.ToString();
    }

    /// <summary>Whom the connection comes from.</summary>
    private static IPAddress? Peer(HttpContext context) =>
        Plain(context.Features.Get<TrustedPeer>()?.Address ?? context.Connection.RemoteIpAddress);

    private static IPAddress? Plain(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
