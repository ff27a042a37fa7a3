using System.Net;
using Addergate.AspNetCore.AccessLog;
using Addergate.AspNetCore.Bodies;
using Addergate.AspNetCore.Connections;
using Addergate.AspNetCore.Dispatch;
using Addergate.AspNetCore.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.Forwarding;

/// <summary>
/// Passes requests on to one target, and its answers back, both as they come.
/// <code>
///            ── (a) ──►            ── (b) ──►
///    client              Addergate              target
///            ◄── (d) ──            ◄── (c) ──
///
///  1. refuse what must not go on                RequestCheck, ForwardedPath
///  2. the request's head            (a) ► (b)   ForwardedRequest, ForwardedHeaders, WebSocketHandshake
///  3. its body, beside 4 to 8       (a) ► (b)   ForwardedBody
///  4. send, wait for an answer      (b)   (c)   TargetConnection, TargetExchange, ForwardPatience
///  5. the answer's head             (c) ► (d)   ForwardedResponse, ReverseMapping
///  6. a WebSocket: both ways    (a) ► (b) (c) ► (d)   Tunnel
///  7. else the answer's body        (c) ► (d)   AnswerCopy
///  8. its trailers                  (c) ► (d)   ForwardedResponse
/// </code>
/// Nothing is ever sent twice: whoever did not answer may have done what was asked for.
/// </summary>
internal sealed class Forwarder(ForwardRoute route, ForwardServices services)
{
    private readonly TargetConnections _connections = new(route.Rule.Target, services.Timeout, services.Time);
    private readonly ReverseMapping _mapping = new(route);
    private readonly ForwardedResponse _response = new(services.ServerHeader, services.Departure);
    private readonly ForwardTrouble _trouble = new(route.Rule.Target, services);

    /// <summary>Serves a request that the route matches. The task is never faulted: what fails is answered or reset.</summary>
    public async Task ForwardAsync(HttpContext context)
    {
        // This may be the thread that serves every socket.
        await Task.Yield();
        context.Features.Get<AccessRecord>()?.RequestId = RequestIds.Next();
        // 1.
        var handshake = WebSocketHandshake.Find(context);
        var refusal = handshake is null ? Refusal(context) : 0;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = refusal == 0 ? ForwardedPath.Map(target, route) : null;
        if (path is null)
        {
            _trouble.Refuse(context, refusal == 0 ? StatusCodes.Status400BadRequest : refusal);
            return;
        }

        using var patience = new ForwardPatience(services.Timeout, context.RequestAborted, services.Time);
        using var reader = new PatientReader(context.Request.BodyReader, services.BodyPatience, services.Time);
        var connection = handshake is null ? _connections.Take() : _connections.Open();
        // 2. and 3.
        var body = handshake is null ? FindBody(context, reader, connection, patience) : null;
        var isKept = false;
        try
        {
            using var request = ForwardedRequest.Create(context, route, path, body, services.Headers, handshake);
            isKept = await ExchangeAsync(context, connection, request, handshake, patience).ConfigureAwait(false);
            isKept = isKept && await FinishAsync(context, body).ConfigureAwait(false);
        }
        catch (Exception failure) when (ForwardTrouble.IsExpected(failure))
        {
            _trouble.Fail(context, failure, body?.ClientFailure, patience);
        }
        finally
        {
            // What still runs for it.
            patience.Cancel();
            if (isKept)
            {
                _connections.Keep(connection);
            }
            else
            {
                connection.Dispose();
            }

            await (body?.CloseAsync() ?? Task.CompletedTask).ConfigureAwait(false);
        }
    }

    /// <summary>Steps 4 to 8.</summary>
    /// <returns>Whether the answer has come to its end.</returns>
    private async ValueTask<bool> ExchangeAsync(
        HttpContext context,
        TargetConnection connection,
        HttpRequestMessage request,
        WebSocketHandshake? handshake,
        ForwardPatience patience)
    {
        // 4.
        using var answer = await connection.SendAsync(request, patience.Token).ConfigureAwait(false);
        patience.Answered();
        // 5.
        var isTunnel = answer.StatusCode == HttpStatusCode.SwitchingProtocols;
        if ((isTunnel && handshake?.IsGranted(answer) != true) || !_response.TryApply(answer, context, _mapping))
        {
            _trouble.Fail(context, ForwardFailure.Broken, "what it sent is no answer");
            return false;
        }

        if (isTunnel)
        {
            // 6.
            await TunnelAsync(context, handshake!, connection, answer, patience).ConfigureAwait(false);
            return false;
        }

        // 7. and 8.
        await AnswerCopy.RunAsync(answer, context, patience).ConfigureAwait(false);
        ForwardedResponse.CopyTrailers(answer, context.Response);
        return true;
    }

    /// <summary>Sends what the client still has of its body, as long as the target takes it: it may have answered before it read
    /// all, and want it all the same. The client has its answer already.</summary>
    /// <returns>Whether the target has the whole request.</returns>
    private static async ValueTask<bool> FinishAsync(HttpContext context, ForwardedBody? body)
    {
        if (body is null)
        {
            return true;
        }

        if (!body.Sending.IsCompleted)
        {
            await context.Response.CompleteAsync().ConfigureAwait(false);
            await body.Sending.ConfigureAwait(false);
            if (body.ClientFailure is not (null or BadHttpRequestException))
            {
                // It has gone, with its answer. The web server would try to read on, and say that it cannot.
                context.Abort();
            }
        }

        return body.IsSent;
    }

    private int Refusal(HttpContext context) =>
        context.Request.ContentLength > ForwardedBody.LongestLength
            ? StatusCodes.Status413PayloadTooLarge
            : RequestCheck.Refusal(context, services.BodyLimit);

    private ForwardedBody? FindBody(
        HttpContext context, PatientReader reader, TargetConnection connection, ForwardPatience patience)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = services.BodyLimit > 0 ? services.BodyLimit : null;
        }

        return new ForwardedBody(reader, context.Request.ContentLength, connection, patience);
    }

    private async ValueTask TunnelAsync(
        HttpContext context,
        WebSocketHandshake handshake,
        TargetConnection connection,
        HttpResponseMessage answer,
        ForwardPatience patience)
    {
        connection.BecomeTunnel();
        // What follows is no HTTP: nobody checks it any more.
        context.Features.Get<IGateFeature>()?.Open();
        var target = await answer.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        var client = await handshake.AcceptAsync(context).ConfigureAwait(false);
        var tunnel = new Tunnel(client, target, connection, patience);
        try
        {
            await tunnel.RunAsync().ConfigureAwait(false);
        }
        catch (Exception end) when (ForwardTrouble.IsExpected(end))
        {
            // Tunnels end like this: somebody closes a laptop. Both sides see their connections close.
            if (patience.IsOver)
            {
                ForwardLog.TunnelSilent(services.Logger, route.Rule.Target.ToString(), services.Timeout.TotalSeconds);
            }
        }

        context.Features.Get<AccessRecord>()?.BodyBytes = tunnel.BytesSent;
    }
}
