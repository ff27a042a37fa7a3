using Addergate.AspNetCore.AccessLog;
using Addergate.AspNetCore.Compression;
using Addergate.AspNetCore.Requests;
using Addergate.Posix.Files;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Files;

/// <summary>
/// Answers a request with an open file, which it closes.
/// <code>
///  1. the compressed sibling      Precompressed
///  2. validators and caching      Validators, CachePolicy
///  3. conditions                  Preconditions: 304, 412
///  4. parts                       ByteRanges: 206, 416
///  5. body                        at once where it is small and in memory, else on a pool thread
/// </code>
/// </summary>
internal sealed class FileResponse(FileServices services)
{
    /// <summary>Answers GET or HEAD.</summary>
    /// <param name="context">Its response has not started.</param>
    /// <param name="file">A regular file, closed in the end.</param>
    /// <param name="place">Where it lies: its type is told from its name, and compressed siblings are looked for.</param>
    /// <param name="path">The decoded path of the URL.</param>
    public Task SendAsync(HttpContext context, OpenedFile file, FilePlace place, string path) =>
        SendAsync(context, file, place, new FileTerms(path, services.Caching.For(path)));

    /// <inheritdoc cref="SendAsync(HttpContext, OpenedFile, FilePlace, string)"/>
    /// <param name="context">Its response has not started.</param>
    /// <param name="file">A regular file, closed in the end.</param>
    /// <param name="place">Where it lies.</param>
    /// <param name="terms">How it is sent.</param>
    public async Task SendAsync(HttpContext context, OpenedFile file, FilePlace place, FileTerms terms)
    {
        // 1.
        var headers = context.Response.Headers;
        var type = headers.ContentType is [{ Length: > 0 } given] ? given : services.Types.For(place.TypedName);
        var (sent, coding) = (file, default(string));
        // Codings of one file must not share an ETag: one that was given is that of the file itself.
        if (CompressibleTypes.Contains(type) && headers.ETag.Count == 0)
        {
            AcceptEncodingVary.Add(headers);
            var request = context.Request.Headers;
            // A part of a compressed file is of use to nobody who asks for it in passing.
            if (request.AcceptEncoding.Count > 0 && request.Range.Count == 0)
            {
                var sibling = Precompressed.TryOpen(request, place, file, onlyCached: true, out var mustWait, out coding);
                if (mustWait)
                {
                    await Task.Yield();
                    sibling = Precompressed.TryOpen(request, place, file, onlyCached: false, out _, out coding);
                }

                if (sibling is not null)
                {
                    file.Dispose();
                    sent = sibling;
                }
            }
        }

        using (sent)
        {
            services.Announce(context);
            headers.ContentEncoding = coding;
            await SendAsync(context, sent, type, coding, terms).ConfigureAwait(false);
        }
    }

    private async ValueTask SendAsync(HttpContext context, OpenedFile file, string type, string? coding, FileTerms terms)
    {
        var request = context.Request.Headers;
        var response = context.Response;
        var headers = response.Headers;
        var path = terms.Path;
        if (terms.Caching is { } caching && headers.CacheControl.Count == 0)
        {
            headers.CacheControl = caching;
        }

        headers.XContentTypeOptions = "nosniff";
        response.ContentType = type;
        if (terms.IsWhole)
        {
            await SendOneAsync(context, file, new ByteRange(0, file.Length), path).ConfigureAwait(false);
            return;
        }

        // 2.
        var validators = Validators.Of(headers, file, coding, services.Time.GetUtcNow());
        headers.ETag = validators.Text;
        headers.LastModified = validators.LastModified.ToString("r");
        // 3.
        response.StatusCode = Preconditions.Evaluate(request, validators);
        if (response.StatusCode != StatusCodes.Status200OK)
        {
            headers.ContentType = default;
            headers.ContentEncoding = default;
            if (response.StatusCode == StatusCodes.Status412PreconditionFailed)
            {
                response.ContentLength = 0;
            }

            Note(context, 0);
            return;
        }

        headers.AcceptRanges = "bytes";
        // 4.
        IReadOnlyList<ByteRange>? ranges = null;
        if (request.Range.Count > 0 && HttpMethods.IsGet(context.Request.Method)
            && Preconditions.RangeCounts(request, validators))
        {
            ranges = ByteRanges.Read(request.Range, file.Length);
        }

        // 5.
        switch (ranges)
        {
            case null:
                await SendOneAsync(context, file, new ByteRange(0, file.Length), path).ConfigureAwait(false);
                break;
            case []:
                response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                headers.ContentRange = $"bytes */{file.Length}";
                headers.ContentType = default;
                response.ContentLength = 0;
                Note(context, 0);
                break;
            case [var range]:
                response.StatusCode = StatusCodes.Status206PartialContent;
                headers.ContentRange = MultipartRanges.ContentRange(range, file.Length);
                await SendOneAsync(context, file, range, path).ConfigureAwait(false);
                break;
            default:
                await SendManyAsync(context, file, ranges, path).ConfigureAwait(false);
                break;
        }
    }

    private async ValueTask SendOneAsync(HttpContext context, OpenedFile file, ByteRange range, string path)
    {
        var response = context.Response;
        response.ContentLength = range.Length;
        if (HttpMethods.IsHead(context.Request.Method) || range.Length == 0)
        {
            Note(context, 0);
            return;
        }

        Note(context, range.Length);
        // Started first, bytes go straight into the web server's buffer.
        await response.StartAsync().ConfigureAwait(false);
        if (range.Length <= FileSender.BlockSize && FileSender.TryCopyCached(response.BodyWriter, file, range))
        {
            return;
        }

        // This may be the thread that serves all connections; a disk keeps it waiting.
        await Task.Yield();
        await TrySendAsync(context, file, range, path).ConfigureAwait(false);
    }

    private async ValueTask SendManyAsync(
        HttpContext context, OpenedFile file, IReadOnlyList<ByteRange> ranges, string path)
    {
        var response = context.Response;
        var parts = new MultipartRanges(ranges, response.ContentType!, file.Length);
        response.StatusCode = StatusCodes.Status206PartialContent;
        response.ContentType = parts.ContentType;
        response.ContentLength = parts.Length;
        Note(context, parts.Length);
        await response.StartAsync().ConfigureAwait(false);
        await Task.Yield();
        for (var i = 0; i < ranges.Count; i++)
        {
            FileSender.Write(response.BodyWriter, parts.Before(i));
            if (!await TrySendAsync(context, file, ranges[i], path).ConfigureAwait(false))
            {
                return;
            }
        }

        FileSender.Write(response.BodyWriter, parts.End);
        await response.BodyWriter.FlushAsync().ConfigureAwait(false);
    }

    private async ValueTask<bool> TrySendAsync(HttpContext context, OpenedFile file, ByteRange range, string path)
    {
        var end = await FileSender.SendAsync(context.Response.BodyWriter, file, range).ConfigureAwait(false);
        if (end == FileSendEnd.Whole)
        {
            return true;
        }

        var record = context.Features.Get<AccessRecord>();
        if (end == FileSendEnd.Unreadable)
        {
            FileLog.CannotRead(services.Logger, path);
            record?.IsCutOff = true;
            context.Abort();
        }
        else
        {
            record?.IsClientGone = true;
        }

        return false;
    }

    /// <summary>Tells the access log; -1 bytes where it finds out by itself.</summary>
    public static void Note(HttpContext context, long bytes)
    {
        if (context.Features.Get<AccessRecord>() is { } record)
        {
            record.RequestId = record.RequestId.Length > 0 ? record.RequestId : RequestIds.Next();
            record.BodyBytes = bytes;
        }
    }
}
