using Addergate.AspNetCore.Responses;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.Tls;

/// <summary>
/// Answers 403 where a client's certificate is needed and there is none (<c>--ssl-verify-client</c>). It was asked for in
/// the handshake: TLS 1.3 has no renegotiation, and HTTP/2 forbids it (RFC 9113 9.2.3). Plain HTTP has no certificate.
/// </summary>
internal sealed class ClientCertificateMiddleware(RequestDelegate next, VerifiedPaths paths, string serverHeader)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!paths.Contains(context.Request.Path.Value ?? "")
            || context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is not null)
        {
            return next(context);
        }

        new ErrorResponse(StatusCodes.Status403Forbidden, serverHeader).WriteTo(context);
        return Task.CompletedTask;
    }
}
