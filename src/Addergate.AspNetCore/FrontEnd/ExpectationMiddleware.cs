using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.FrontEnd;

/// <summary>
/// Answers 417 to an expectation that is not <c>100-continue</c> (RFC 9110 10.1.1): nothing here could meet it, and the
/// client would wait for it.
/// </summary>
internal sealed class ExpectationMiddleware(RequestDelegate next, string serverHeader)
{
    public Task InvokeAsync(HttpContext context)
    {
        var expect = context.Request.Headers.Expect;
        if (expect.Count == 0 || string.Equals(expect.ToString(), "100-continue", StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status417ExpectationFailed;
        context.Response.ContentLength = 0;
        context.Response.Headers.Server = serverHeader;
        // What body may follow was announced under a condition that failed.
        context.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    }
}
