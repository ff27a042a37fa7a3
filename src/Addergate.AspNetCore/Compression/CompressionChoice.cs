using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Addergate.AspNetCore.Compression;

/// <summary>Decides which responses are compressed, and how; the framework reads <c>Accept-Encoding</c>.</summary>
internal sealed class CompressionChoice
{
    // Below it headers and a compressor cost more than is saved.
    private const long Smallest = 512;

    private readonly ResponseCompressionProvider _framework;

    public CompressionChoice(IServiceProvider services)
    {
        var options = new ResponseCompressionOptions();
        // As dense as text gets without being slow: brotli 4, gzip 6, the latter as mod_deflate's.
        options.Providers.Add(new BrotliCompressionProvider(
            Options.Create(new BrotliCompressionProviderOptions { Level = CompressionLevel.Optimal })));
        options.Providers.Add(new GzipCompressionProvider(
            Options.Create(new GzipCompressionProviderOptions { Level = CompressionLevel.Optimal })));
        _framework = new ResponseCompressionProvider(services, Options.Create(options));
    }

    /// <summary>The compressor for a response whose headers are set, which are changed to say so; null for as it is.</summary>
    public ICompressionProvider? Choose(HttpContext context)
    {
        var response = context.Response;
        var headers = response.Headers;
        if (headers.ContentType.Count != 1 || !CompressibleTypes.Contains(headers.ContentType[0]))
        {
            return null;
        }

        // Also where this client gets it plain: the next one may not.
        AcceptEncodingVary.Add(headers);
        if (response.StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent
                or StatusCodes.Status206PartialContent or StatusCodes.Status304NotModified
            || HttpMethods.IsHead(context.Request.Method)
            || response.ContentLength < Smallest
            || headers.ContentEncoding.Count > 0
            || headers.ContentRange.Count > 0
            || context.Request.Headers.Range.Count > 0
            || context.Request.Headers.AcceptEncoding.Count == 0
            || headers.CacheControl.ToString().Contains("no-transform", StringComparison.OrdinalIgnoreCase)
            || _framework.GetCompressionProvider(context) is not { } provider)
        {
            return null;
        }

        headers.ContentEncoding = provider.EncodingName;
        headers.ContentLength = null;
        headers.ContentMD5 = default;
        headers.AcceptRanges = default;
        // Another compressor, or this one tomorrow, makes other bytes of the same.
        if (headers.ETag is [{ Length: > 0 } tag] && tag[0] == '"')
        {
            headers.ETag = "W/" + tag;
        }

        return provider;
    }
}
