using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.AccessLog;

/// <summary>Puts an <see cref="AccessRecord"/> on each request and hands it to the log when the response has ended,
/// whatever its end. First in the pipeline.</summary>
internal sealed class AccessLogMiddleware(RequestDelegate next, AccessLogWriter log, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context)
    {
        var record = new AccessRecord { Start = time.GetUtcNow(), StartTimestamp = time.GetTimestamp() };
        context.Features.Set(record);
        // Not after the next delegate: there the last bytes are not flushed yet, and it would cost a state machine.
        context.Response.OnCompleted(
            static state =>
            {
                var (self, context) = ((AccessLogMiddleware, HttpContext))state;
                self.Complete(context);
                return Task.CompletedTask;
            },
            (this, context));
        return next(context);
    }

    private void Complete(HttpContext context)
    {
        if (context.Features.Get<AccessRecord>() is not { } record)
        {
            return;
        }

        var request = context.Request;
        var response = context.Response;
        record.Duration = time.GetElapsedTime(record.StartTimestamp);
        record.RemoteAddress = context.Connection.RemoteIpAddress;
        record.Method = request.Method;
        record.Target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        // As every other server writes it.
        record.Protocol = request.Protocol == HttpProtocol.Http2 ? "HTTP/2.0" : request.Protocol;
        record.Host = request.Headers.Host.ToString();
        record.Referer = request.Headers.Referer.ToString();
        record.UserAgent = request.Headers.UserAgent.ToString();
        record.Status = record.IsClientGone ? StatusCodes.Status499ClientClosedRequest : response.StatusCode;
        if (record.BodyBytes < 0)
        {
            record.BodyBytes = HttpMethods.IsHead(request.Method) ? 0 : response.ContentLength ?? 0;
        }

        log.Format.Capture(context.Features, record);
        log.Add(record);
    }
}
