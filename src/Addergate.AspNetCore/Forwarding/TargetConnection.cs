using System.Net.Security;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>
/// One connection to a target, opened when it is needed and anew when the target has closed it; it serves one request after
/// another, or becomes a tunnel. A client library of its own stands on each, so that the body of a request can go past it
/// (<see cref="TargetExchange"/>).
/// </summary>
internal sealed class TargetConnection : IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private TargetStream? _stream;
    private SslStream? _secure;
    private TargetExchange? _exchange;

    /// <param name="handler">The library, which this owns.</param>
    /// <param name="connector">Opens connections.</param>
    /// <param name="created">When, as <see cref="TimeProvider.GetTimestamp"/> has it.</param>
    public TargetConnection(SocketsHttpHandler handler, TargetConnector connector, long created)
    {
        handler.ConnectCallback = async (context, cancellationToken) =>
            _stream = await connector.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
        handler.PlaintextStreamFilter = (context, _) =>
        {
            _secure = context.PlaintextStream as SslStream;
            _exchange = new TargetExchange(context.PlaintextStream);
            return ValueTask.FromResult<Stream>(_exchange);
        };
        _invoker = new HttpMessageInvoker(handler, disposeHandler: true);
        Created = created;
    }

    /// <summary>When this was made.</summary>
    public long Created { get; }

    /// <summary>Since when nobody has used it.</summary>
    public long IdleSince { get; set; }

    /// <summary>Sends a request's head, and waits for the head of the answer.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _exchange?.Begin();
        return _invoker.SendAsync(request, cancellationToken);
    }

    /// <summary>Where the body of the request goes whose head has just been sent. The library sends nothing more of it.</summary>
    public Stream TakeOverBody() =>
        _exchange?.TakeOverBody() ?? throw new InvalidOperationException("A body before its head.");

    /// <summary>Nothing more of the body follows.</summary>
    public void GiveBackBody() => _exchange?.GiveBackBody();

    /// <summary>From now on either side may end its direction at any time.</summary>
    public void BecomeTunnel() => _exchange?.IsTunnel = true;

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

    public void Dispose()
    {
        _invoker.Dispose();
        _exchange?.CloseNow();
    }
}
