using Addergate.AspNetCore.AccessLog;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Addergate.AspNetCore.Compression;

/// <summary>
/// Compresses responses, the application's and files. It has the framework's rules and compressors, but not its middleware:
/// that one compresses on whatever thread writes, and stands in the way of what it does not compress too.
/// </summary>
internal sealed class CompressionMiddleware(RequestDelegate next, CompressionChoice choice)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var inner = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var body = new CompressedBody(context, inner, choice);
        context.Features.Set<IHttpResponseBodyFeature>(body);
        try
        {
            await next(context).ConfigureAwait(false);
            if (body.Compressing is { } writer)
            {
                // Off the thread that the response came on.
                await Task.Yield();
                body.Finish();
                if (context.Features.Get<AccessRecord>() is { } record)
                {
                    record.BodyBytes = writer.BytesWritten;
                }
            }
        }
        finally
        {
            body.Finish();
            context.Features.Set(inner);
        }
    }
}
