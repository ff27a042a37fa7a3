using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.Dispatch;

/// <summary>What a request head alone decides, before its body is asked for: so no <c>100 Continue</c> is sent for a
/// request that is refused.</summary>
internal static class RequestCheck
{
    /// <summary>The status to refuse with, or 0.</summary>
    public static int Refusal(HttpContext context, long bodyLimit)
    {
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        if (HttpMethods.IsConnect(request.Method))
        {
            // A tunnel; there is no WSGI for it.
            return StatusCodes.Status405MethodNotAllowed;
        }

        if (request.Headers.ContentType.Count > 1
            || request.RawTarget.Contains("%00", StringComparison.Ordinal))
        {
            return StatusCodes.Status400BadRequest;
        }

        return bodyLimit > 0 && request.Headers.ContentLength > bodyLimit
            ? StatusCodes.Status413PayloadTooLarge
            : 0;
    }
}
