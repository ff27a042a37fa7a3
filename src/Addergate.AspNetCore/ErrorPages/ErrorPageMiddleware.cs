using Addergate.AspNetCore.AccessLog;
using Addergate.AspNetCore.Files;
using Addergate.AspNetCore.Files.Handlers;
using Addergate.AspNetCore.Responses;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Addergate.AspNetCore.ErrorPages;

/// <summary>
/// Shows the page for an error in place of the server's line of text, or of what the application said.
/// <code>
///  1. the request goes its way                        its error is noted: ErrorResponse, ErrorPageRule
///  2. a file, or a redirection                        ErrorPageFiles
///  3. else the rest of the pipeline is asked again    PageRequest
///  4. what fails then is a line of text
/// </code>
/// The status stays in any case, and so do headers that go with it, as Retry-After and WWW-Authenticate.
/// </summary>
internal sealed class ErrorPageMiddleware(
    RequestDelegate next, ErrorDocuments documents, ErrorPageFiles files, FileServices services)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // 1.
        var page = new ErrorPageRequest(documents);
        context.Features.Set(page);
        await next(context).ConfigureAwait(false);
        var response = context.Response;
        if (response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        // Who says an error without a word of text, as 417, has not asked for a page.
        if (page.Status == 0 && (response.ContentLength != 0 || !page.TryTake(response.StatusCode)))
        {
            return;
        }

        // Off the thread that the response came on.
        await Task.Yield();
        page.Show(context.Request);
        response.ContentLength = null;
        response.StatusCode = page.Status;
        var headers = response.Headers.ToArray();
        if (!await TryShowAsync(context, page, documents.Find(page.Status)!).ConfigureAwait(false))
        {
            // 4.
            ShowText(context, page.Status, headers);
        }
    }

    private async Task<bool> TryShowAsync(HttpContext context, ErrorPageRequest page, ErrorDocument document)
    {
        // 2.
        if (document.Kind == ErrorDocumentKind.Elsewhere)
        {
            context.Response.StatusCode = StatusCodes.Status302Found;
            context.Response.Headers.Location = document.Target;
            context.Response.ContentLength = 0;
            return true;
        }

        var problem = await files.TrySendAsync(context, document).ConfigureAwait(false);
        if (problem is null)
        {
            return true;
        }

        // 3.
        if (problem.Length == 0)
        {
            if (!page.IsOfApplication
                && page.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout)
            {
                problem = "is no file, and the application has no time to make it";
            }
            else if (await TryAskAsync(context, page, document.Target).ConfigureAwait(false))
            {
                return true;
            }
            else
            {
                problem = $"is answered with {page.FailedWith}";
            }
        }

        ErrorPageLog.CannotShow(services.Logger, page.Status, document.Target, problem);
        return false;
    }

    private async Task<bool> TryAskAsync(HttpContext context, ErrorPageRequest page, string target)
    {
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        var body = context.Features.Get<IHttpRequestBodyDetectionFeature>();
        var record = context.Features.Get<AccessRecord>();
        var (id, queueTime) = (record?.RequestId, record?.QueueTime);
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var asked = new PageRequest(
            request, query < 0 ? target : target[..query], query < 0 ? "" : target[query..]);
        context.Features.Set<IHttpRequestFeature>(asked);
        context.Features.Set<IHttpRequestBodyDetectionFeature>(asked);
        context.Features.Set<HandledFile>(null);
        var response = context.Response;
        // The application's own, where it sets one.
        response.Headers.Server = default;
        response.StatusCode = StatusCodes.Status200OK;
        response.OnStarting(static state => KeepStatus((HttpContext)state), context);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            context.Features.Set(request);
            context.Features.Set(body);
            if (record is not null && id is { Length: > 0 })
            {
                // The log has the error under the first.
                record.RequestId = id;
                record.QueueTime = queueTime;
            }
        }

        return response.HasStarted || page.FailedWith == 0;
    }

    private static Task KeepStatus(HttpContext context)
    {
        if (context.Features.Get<ErrorPageRequest>() is { IsShown: true } page)
        {
            context.Response.StatusCode = page.Status;
        }

        return Task.CompletedTask;
    }

    private void ShowText(HttpContext context, int status, KeyValuePair<string, StringValues>[] headers)
    {
        var response = context.Response;
        response.Clear();
        response.StatusCode = status;
        foreach (var (name, values) in headers)
        {
            response.Headers[name] = values;
        }

        services.Announce(context);
        ErrorResponse.WriteBody(context, status);
    }
}
