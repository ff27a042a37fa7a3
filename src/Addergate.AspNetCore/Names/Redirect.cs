using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.Names;

/// <summary>An answer that sends the client to the same URL somewhere else.</summary>
internal static class Redirect
{
    public static void Write(HttpContext context, int status, string scheme, string authority, string serverHeader)
    {
        // As the client wrote it: decoding and encoding again would change what is in it.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/'))
        {
            // In absolute form (RFC 9112 3.2.2), or * of OPTIONS.
            target = Uri.TryCreate(target, UriKind.Absolute, out var uri) ? uri.PathAndQuery : "/";
        }

        var response = context.Response;
        response.StatusCode = status;
        response.ContentLength = 0;
        response.Headers.Server = serverHeader;
        response.Headers.Location = $"{scheme}://{authority}{target}";
    }
}
