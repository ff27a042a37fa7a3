using System.Net;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Addergate.AspNetCore.Proxies;

/// <summary>
/// Puts into a request what a trusted proxy says of it, and removes what nobody vouches for:
/// <list type="number">
/// <item>from a peer that is not trusted, every header in which proxies tell of the client, and where none is named nobody is
/// trusted;</item>
/// <item>from one that is, the synonyms of the named headers: the proxy does not write them, so the client did;</item>
/// <item>a named header with a value that cannot be right: as if it had not been sent.</item>
/// </list>
/// In a list the last value counts, which the trusted peer wrote or appended.
/// </summary>
internal sealed partial class TrustedProxyMiddleware
{
    private static readonly string[] All = [.. ForwardingHeader.All.Select(static header => header.Name)];

    private readonly RequestDelegate _next;
    private readonly TrustedNetworks _trusted;
    private readonly string[] _synonyms;
    private readonly string[] _address;
    private readonly string[] _host;
    private readonly string[] _serverName;
    private readonly string[] _port;
    private readonly string[] _mountPoint;
    private readonly string[] _scheme;
    private readonly bool _isStandard;
    private readonly bool _keepsPeer;
    private readonly ILogger _logger;
    private readonly bool _trustsNobody;
    private int _hasTold;

    /// <param name="next">What follows.</param>
    /// <param name="settings">Who is trusted, and with what.</param>
    /// <param name="logger">Is told once when something was removed where nobody is trusted: a proxy may have been forgotten.
    /// </param>
    /// <param name="keepsPeer">Whether to leave a <see cref="TrustedPeer"/>.</param>
    public TrustedProxyMiddleware(RequestDelegate next, ProxySettings settings, ILogger logger, bool keepsPeer = false)
    {
        _keepsPeer = keepsPeer;
        _logger = logger;
        _trustsNobody = settings.Trusted.Count == 0;
        _next = next;
        _trusted = new TrustedNetworks(settings.Trusted);
        ForwardingHeader[] named = [.. settings.Headers.Select(static name => ForwardingHeader.Find(name)!)];
        var facts = named.Aggregate(ForwardedFacts.None, static (all, header) => all | header.Facts);
        _synonyms = [.. ForwardingHeader.All
            .Where(header => (header.Facts & facts) != 0 && !named.Contains(header))
            .Select(static header => header.Name)];
        _address = Telling(ForwardedFacts.ClientAddress);
        _host = Telling(ForwardedFacts.Host);
        _serverName = Telling(ForwardedFacts.ServerName);
        _port = Telling(ForwardedFacts.Port);
        _mountPoint = Telling(ForwardedFacts.MountPoint);
        _scheme = Telling(ForwardedFacts.Scheme);
        _isStandard = settings.Headers.Contains(ForwardingHeader.Standard);

        // The last one that is named goes first.
        string[] Telling(ForwardedFacts fact) =>
            [.. named.Where(header => header.Facts.HasFlag(fact)).Select(static header => header.Name).Reverse().Distinct()];
    }

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        var connection = context.Features.GetRequiredFeature<IHttpConnectionFeature>();
        if (!_trusted.Contains(connection.RemoteIpAddress) || context.Features.Get<UnknownClient>() is not null)
        {
            if (Remove(request.Headers, All) is { } removed)
            {
                NoteRemoved(context, connection, removed);
            }

            return _next(context);
        }

        if (_keepsPeer)
        {
            context.Features.Set(new TrustedPeer(connection.RemoteIpAddress!));
        }

        Remove(request.Headers, _synonyms);
        if (_address.Length + _host.Length + _serverName.Length + _port.Length + _mountPoint.Length + _scheme.Length > 0)
        {
            Apply(context, request, connection);
        }

        return _next(context);
    }

    /// <summary>Says which was there, of several any.</summary>
    private static string? Remove(IHeaderDictionary headers, string[] names)
    {
        string? found = null;
        foreach (var name in names)
        {
            found = headers.Remove(name) ? name : found;
        }

        return found;
    }

    private void NoteRemoved(HttpContext context, IHttpConnectionFeature connection, string header)
    {
        context.Features.Set(UntrustedProxy.Instance);
        if (_trustsNobody && Interlocked.Exchange(ref _hasTold, 1) == 0)
        {
            NobodyTrusted(_logger, header, connection.RemoteIpAddress?.ToString() ?? "a peer on the Unix socket");
        }
    }

    private void Apply(HttpContext context, IHttpRequestFeature request, IHttpConnectionFeature connection)
    {
        var headers = request.Headers;
        var standard = _isStandard ? ReadStandard(headers) : default;
        ApplyAddress(headers, connection, standard);
        if (Find(headers, _host, standard?.Host, static (_, text) => ForwardedValues.Host(text)) is { } host)
        {
            headers.Host = host;
        }

        if (Find(headers, _scheme, standard?.Proto, ReadScheme) is { } scheme)
        {
            request.Scheme = scheme;
        }

        var name = Find(headers, _serverName, null, static (_, text) => ForwardedValues.ServerName(text));
        var port = Find(headers, _port, null, static (_, text) => ForwardedValues.Port(text));
        var mountPoint = Find(headers, _mountPoint, null, static (_, text) => ForwardedValues.MountPoint(text));
        if (name is not null || port is not null || mountPoint is not null)
        {
            context.Features.Set(new ProxiedServer { Name = name, Port = port, MountPoint = mountPoint });
        }
    }

    private static string? ReadScheme(string header, string text) =>
        header is "X-Forwarded-HTTPS" or "X-Forwarded-SSL" or "X-HTTPS"
            ? ForwardedValues.SchemeOfSwitch(text)
            : ForwardedValues.Scheme(text);

    /// <summary>What the trusted proxy that is nearest to the client says; null, and the header removed, when the header
    /// is malformed.</summary>
    private ForwardedElement? ReadStandard(IHeaderDictionary headers)
    {
        if (!headers.TryGetValue(ForwardingHeader.Standard, out var values))
        {
            return null;
        }

        if (ForwardedParser.Parse(values.ToString()) is not { } elements)
        {
            headers.Remove(ForwardingHeader.Standard);
            return null;
        }

        var at = elements.Count - 1;
        while (at > 0 && elements[at].For is { } node && AddressText.TryParse(node, out var address, out _)
            && _trusted.Contains(address))
        {
            at--;
        }

        return elements[at];
    }

    private void ApplyAddress(IHeaderDictionary headers, IHttpConnectionFeature connection, ForwardedElement? standard)
    {
        foreach (var header in _address)
        {
            if (!headers.TryGetValue(header, out var values))
            {
                continue;
            }

            IPAddress address;
            int port;
            switch (header)
            {
                case ForwardingHeader.Standard:
                    // May be "unknown" or a name that hides it: then the proxy stands for its client.
                    if (!AddressText.TryParse(standard?.For, out address, out port))
                    {
                        return;
                    }

                    break;
                case "X-Forwarded-For":
                    var chain = values.ToString();
                    if (!AddressChain.TryFindClient(chain, _trusted, out address, out port, out var start))
                    {
                        headers.Remove(header);
                        continue;
                    }

                    // Applications read the first one too.
                    if (start > 0)
                    {
                        headers[header] = chain[start..];
                    }

                    break;
                default:
                    if (!AddressText.TryParse(Last(values), out address, out port))
                    {
                        headers.Remove(header);
                        continue;
                    }

                    break;
            }

            connection.RemoteIpAddress = address;
            connection.RemotePort = port;
            return;
        }
    }

    /// <summary>The value of the first of these headers that is there; one that cannot be right is removed.</summary>
    private static string? Find(
        IHeaderDictionary headers, string[] names, string? standard, Func<string, string, string?> read)
    {
        foreach (var name in names)
        {
            if (!headers.TryGetValue(name, out var values))
            {
                continue;
            }

            if (name == ForwardingHeader.Standard)
            {
                return standard is null ? null : read(name, standard);
            }

            if (read(name, Last(values)) is { } value)
            {
                return value;
            }

            headers.Remove(name);
        }

        return null;
    }

    private static string Last(StringValues values)
    {
        var text = values.Count > 0 ? values[^1] ?? "" : "";
        return text[(text.LastIndexOf(',') + 1)..].Trim(' ', '\t');
    }

    [LoggerMessage(1123, LogLevel.Warning,
        "{Header} was removed from a request of {Peer}, as is all that proxies tell of their clients, since nobody is trusted. If a " +
        "proxy stands there, name it with --trust-proxy, and the headers that it sets with --trust-proxy-header. This is said once")]
    private static partial void NobodyTrusted(ILogger logger, string header, string peer);
}
