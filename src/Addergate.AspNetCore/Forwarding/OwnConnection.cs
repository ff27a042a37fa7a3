using System.Net.Security;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>A connection to a target that serves one request and may become a tunnel.</summary>
internal sealed class OwnConnection : IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private TargetStream? _stream;
    private SslStream? _secure;

    public OwnConnection(SocketsHttpHandler handler, TargetConnector connector)
    {
        handler.ConnectCallback = async (context, cancellationToken) =>
            _stream = await connector.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
        handler.PlaintextStreamFilter = (context, _) =>
        {
            _secure = context.PlaintextStream as SslStream;
            return ValueTask.FromResult(context.PlaintextStream);
        };
        _invoker = new HttpMessageInvoker(handler, disposeHandler: true);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker.SendAsync(request, cancellationToken);

    /// <summary>From now on either side may end its direction at any time.</summary>
    public void BecomeTunnel() => _stream?.IsTunnel = true;

    /// <summary>Tells the target that nothing more will be sent; what it sends is still read.</summary>
    public async ValueTask EndSendingAsync()
    {
        try
        {
            await (_secure?.ShutdownAsync() ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException)
        {
            // The other direction tells.
        }

        _stream?.EndSending();
    }

    public void Dispose() => _invoker.Dispose();
}
