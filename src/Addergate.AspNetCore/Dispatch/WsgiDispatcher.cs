using Addergate.AspNetCore.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.Dispatch;

/// <summary>
/// Sends requests to the workers: a <see cref="RequestDelegate"/> that ends every request it gets.
/// <code>
///  1. refuse what the head alone decides          RequestCheck
///  2. take the body in, or wrap it                BodyIntake, StreamedBody
///  3. queue; a slot takes it                      Exchange, SlotPool, Slot
///  4. the slot's reader carries the response      ResponseRelay
/// </code>
/// </summary>
public sealed class WsgiDispatcher
{
    private readonly ExchangeServices _services;
    private readonly BodyIntake _intake;
    private readonly PathString[] _quietPaths;

    internal WsgiDispatcher(ExchangeServices services, BodyIntake intake)
    {
        _services = services;
        _intake = intake;
        _quietPaths = [.. services.Options.IgnoreActivity.Select(static path => new PathString(path))];
    }

    /// <summary>Requests that were taken and whose response is not finished yet.</summary>
    public int InFlight => _services.InFlight.Count;

    /// <summary>Requests that wait for a slot.</summary>
    public int Waiting => _services.Pool.Waiting;

    /// <summary>Serves one request. <c>PathBase</c> is the mount point and becomes <c>SCRIPT_NAME</c>. The task is
    /// never faulted: what fails is answered or reset.</summary>
    public Task DispatchAsync(HttpContext context) => DispatchAsync(context, _services.Pool.Limits.Request);

    /// <inheritdoc cref="DispatchAsync(HttpContext)"/>
    /// <param name="context">The request.</param>
    /// <param name="requestTimeout">How long it may run, in place of <see cref="WsgiOptions.RequestTimeout"/>; zero for
    /// ever.</param>
    public Task DispatchAsync(HttpContext context, TimeSpan requestTimeout) =>
        DispatchAsync(context, _services.Watch.Units(requestTimeout));

    /// <summary>Completes when <see cref="InFlight"/> is zero.</summary>
    public Task WhenIdleAsync() => _services.InFlight.WhenIdleAsync();

    private Task DispatchAsync(HttpContext context, long runLimit)
    {
        var exchange = new Exchange(context, _services, runLimit) { IsQuiet = IsQuiet(context) };
        _services.InFlight.Enter();
        _services.Departure.Announce(context);
        var limit = _services.Options.Limits.RequestBody;
        // 1.
        if (RequestCheck.Refusal(context, limit) is var refusal && refusal != 0)
        {
            exchange.Refuse(refusal);
        }
        // 2.
        else if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
        {
            exchange.Submit(body: null);
        }
        else
        {
            SetLimit(context, limit);
            if (_services.Pool.IsFull)
            {
                // Not worth taking its body in.
                _services.Pool.Refuse(exchange);
            }
            else if (_services.Options.Limits.RequestBuffering)
            {
                _ = TakeInAsync(context, exchange);
            }
            else
            {
                exchange.Submit(new StreamedBody(Reader(context), context.Request.ContentLength ?? -1));
            }
        }

        return exchange.Completion;
    }

    // Health checks, mostly.
    private bool IsQuiet(HttpContext context) => _quietPaths.Length > 0
        && Array.Exists(_quietPaths, context.Request.PathBase.Add(context.Request.Path).StartsWithSegments);

    // The web server's own limit (30 MB) would count otherwise.
    private static void SetLimit(HttpContext context, long limit)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = limit > 0 ? limit : null;
        }
    }

    private async Task TakeInAsync(HttpContext context, Exchange exchange)
    {
        using var reader = Reader(context);
        var result = await _intake.TakeInAsync(reader).ConfigureAwait(false);
        if (result.Body is { } body)
        {
            exchange.Submit(body);
        }
        else
        {
            exchange.Refuse(result.Status);
        }
    }

    private PatientReader Reader(HttpContext context)
    {
        var options = _services.Options;
        return new PatientReader(
            context.Request.BodyReader, new BodyPatience(options.BodyTimeout, options.SocketTimeout), _services.Time);
    }
}
