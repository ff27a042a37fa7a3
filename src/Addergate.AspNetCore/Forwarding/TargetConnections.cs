using System.Net;
using System.Text;
using Addergate.Settings.Model;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>The connections to one target: HTTP/1.1, kept open between requests, opened anew from time to time so that a name
/// that leads elsewhere is noticed. Thread-safe; lives as long as the process.</summary>
/// <param name="target">The target.</param>
/// <param name="patience">How long connecting may take; zero for ever.</param>
internal sealed class TargetConnections(ForwardTarget target, TimeSpan patience)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    // The usual servers keep an idle connection for 5 s (Node.js, uvicorn, Apache) or longer, few for 2 s. Whoever closes first
    // never has a request meet a connection that is being closed.
    private static readonly TimeSpan IdleLifetime = TimeSpan.FromSeconds(4);

    private readonly TargetConnector _connector = new(target);
    private HttpMessageInvoker? _shared;

    /// <summary>Sends a request on a connection that is there, or a new one.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        LazyInitializer.EnsureInitialized(ref _shared, CreateShared);
        return _shared.SendAsync(request, cancellationToken);
    }

    /// <summary>For one request that may make a tunnel of its connection.</summary>
    public OwnConnection OpenOwn() => new(CreateHandler(), _connector);

    private HttpMessageInvoker CreateShared()
    {
        var handler = CreateHandler();
        handler.ConnectCallback = async (context, cancellationToken) =>
            await _connector.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
        return new HttpMessageInvoker(handler, disposeHandler: true);
    }

    private SocketsHttpHandler CreateHandler() => new()
    {
        // A client follows, unpacks, remembers and measures; what stands between two others does not.
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = patience > TimeSpan.Zero ? patience : Timeout.InfiniteTimeSpan,
        PooledConnectionLifetime = Lifetime,
        PooledConnectionIdleTimeout = IdleLifetime,
        // What the client no longer wants is not read to its end to save a connection.
        MaxResponseDrainSize = 0,
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
    };
}
