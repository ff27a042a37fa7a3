using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>
/// The client's wish for a WebSocket: an upgrade in HTTP/1.1 (RFC 6455), or an extended CONNECT in HTTP/2 (RFC 8441), which is
/// an upgrade too on its way to the target. No other protocol is upgraded to, as in mod_wsgi-express: with <c>h2c</c> a client
/// could speak to the target past every check here.
/// </summary>
internal sealed class WebSocketHandshake
{
    private const string Name = "websocket";
    private const string KeyHeader = "Sec-WebSocket-Key";
    private const string AcceptHeader = "Sec-WebSocket-Accept";

    // RFC 6455 1.3.
    private const string Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private readonly IHttpUpgradeFeature? _upgrade;
    private readonly IHttpExtendedConnectFeature? _connect;
    private string? _ownKey;

    private WebSocketHandshake(IHttpUpgradeFeature? upgrade, IHttpExtendedConnectFeature? connect)
    {
        _upgrade = upgrade;
        _connect = connect;
    }

    /// <summary>Null where none is asked for.</summary>
    public static WebSocketHandshake? Find(HttpContext context)
    {
        if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect)
        {
            return Name.Equals(connect.Protocol, StringComparison.OrdinalIgnoreCase)
                ? new WebSocketHandshake(null, connect)
                : null;
        }

        // RFC 6455 4.1: a GET. With another method it would be another request on its way to the target.
        return HttpMethods.IsGet(context.Request.Method)
            && context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade
            && NameList.Read(context.Request.Headers.Upgrade).Contains(Name)
                ? new WebSocketHandshake(upgrade, null)
                : null;
    }

    /// <summary>Puts the wish into the request to the target.</summary>
    public void Ask(HttpContext context, HttpRequestMessage message)
    {
        message.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        message.Headers.TryAddWithoutValidation("Upgrade", Name);
        if (_connect is not null)
        {
            // The key proves that an HTTP/1.1 server has understood; HTTP/2 has none.
            _ownKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            message.Headers.Remove(KeyHeader);
            message.Headers.TryAddWithoutValidation(KeyHeader, _ownKey);
        }
    }

    /// <summary>Whether the target's 101 is the answer to this wish.</summary>
    public bool IsGranted(HttpResponseMessage answer) =>
        answer.Headers.NonValidated.TryGetValues("Upgrade", out var upgrade)
        && Name.Equals(upgrade.ToString(), StringComparison.OrdinalIgnoreCase)
        && (_ownKey is null
            || (answer.Headers.NonValidated.TryGetValues(AcceptHeader, out var accept) && accept.ToString() == Accept(_ownKey)));

    /// <summary>Sends the head, and gives the client's side of the tunnel. The target's headers are set already.</summary>
    public async ValueTask<Stream> AcceptAsync(HttpContext context)
    {
        if (_connect is not null)
        {
            context.Response.Headers.Remove(AcceptHeader);
            context.Response.StatusCode = StatusCodes.Status200OK;
            return await _connect.AcceptAsync().ConfigureAwait(false);
        }

        context.Response.Headers.Upgrade = Name;
        return await _upgrade!.UpgradeAsync().ConfigureAwait(false);
    }

    // RFC 6455 4.2.2 asks for SHA-1; nothing is kept secret by it.
#pragma warning disable CA5350
    private static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Guid)));
#pragma warning restore CA5350
}
