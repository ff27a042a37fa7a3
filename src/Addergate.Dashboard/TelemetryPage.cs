using System.Globalization;
using System.Text;
using Addergate.Wire.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Addergate.Dashboard;

/// <summary>
/// Answers on the listener for this machine: <c>/</c> the page, <c>/api/state</c> what it shows, <c>/metrics</c> the text
/// format of Prometheus. Only reads; what it reads is ready, so nothing here waits for anybody.
/// </summary>
public sealed class TelemetryPage(ITelemetrySource source)
{
    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = context.Request;
        if (!LocalHost.IsMeant(request.Host.Host))
        {
            return RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "This page is for http://localhost/ alone.");
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "There is nothing to change here.");
        }

        return request.Path.Value switch
        {
            "/" => AnswerAsync(context, "text/html; charset=utf-8", PageText.Instance.Body, PageText.Instance.Policy),
            "/api/state" => AnswerAsync(context, "application/json", TelemetryJson.Write(source.Read(Known(request)))),
            "/metrics" => AnswerAsync(
                context,
                "text/plain; version=0.0.4; charset=utf-8",
                Encoding.UTF8.GetBytes(PrometheusText.Write(source.Totals(), source.Read(long.MaxValue).Server))),
            _ => RefuseAsync(context, StatusCodes.Status404NotFound, "There are /, /api/state and /metrics."),
        };
    }

    /// <summary>The number of the last sample that the reader has.</summary>
    private static long Known(HttpRequest request) =>
        long.TryParse(request.Query["since"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static Task RefuseAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        return AnswerAsync(context, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text + "\n"));
    }

    private static async Task AnswerAsync(
        HttpContext context, string type, byte[] body, string policy = "default-src 'none'; frame-ancestors 'none'")
    {
        var response = context.Response;
        response.ContentType = type;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
