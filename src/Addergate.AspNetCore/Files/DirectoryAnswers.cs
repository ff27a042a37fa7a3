using Addergate.AspNetCore.Files.Handlers;
using Addergate.Posix.Files;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Files;

/// <summary>Answers requests for directories: with an index file, a list, or a redirection to the URL with a slash at its end,
/// without which the relative links of a page would lead elsewhere.</summary>
/// <param name="directories">Which are answered.</param>
/// <param name="handlers">Scripts that may answer for an index below the document root, or null.</param>
/// <param name="response">Sends files.</param>
/// <param name="services">Shared.</param>
internal sealed class DirectoryAnswers(
    DirectoryIndex directories, FileHandlers? handlers, FileResponse response, FileServices services)
{
    /// <summary>Whether any directory is answered.</summary>
    public bool IsOn => directories.IsOn;

    /// <summary>Answers GET or HEAD, or says that there is nothing (null). May wait for a disk.</summary>
    /// <param name="context">Its response has not started.</param>
    /// <param name="route">What the path belongs to.</param>
    /// <param name="directory">The directory, closed by the caller after the answer.</param>
    /// <param name="name">Its path below the root.</param>
    /// <param name="hasSlash">Whether the URL ends with a slash.</param>
    public Task? TryAnswer(HttpContext context, FileRoute route, OpenedFile directory, string name, bool hasSlash)
    {
        if (!directories.IsAnswered(route, name, out var index, out var indexName))
        {
            return null;
        }

        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (isRead && hasSlash && index is not null)
        {
            return SendIndex(context, route, index, indexName!);
        }

        index?.Dispose();
        if (!isRead)
        {
            services.RefuseMethod(context);
            return Task.CompletedTask;
        }

        var place = name.Length == 0 ? "" : name + "/";
        if (hasSlash)
        {
            return SendListAsync(context, route, directory, place);
        }

        services.Announce(context);
        context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        // From the parts: a path that began with two slashes would name another host.
        context.Response.Headers.Location =
            context.Request.PathBase.Add($"{route.Url}/{place}").ToUriComponent() + context.Request.QueryString;
        context.Response.ContentLength = 0;
        FileResponse.Note(context, 0);
        return Task.CompletedTask;
    }

    private Task SendIndex(HttpContext context, FileRoute route, OpenedFile file, string name)
    {
        var url = $"{route.Url}/{name}";
        if (route.IsDocumentRoot && handlers?.Table.Find(name) is { } script)
        {
            file.Dispose();
            return handlers.DispatchAsync(context, script, name, url, rest: "");
        }

        return response.SendAsync(context, file, new FilePlace(route.Root, name), url);
    }

    private async Task SendListAsync(HttpContext context, FileRoute route, OpenedFile directory, string place)
    {
        byte[] page;
        try
        {
            var entries = DirectoryEntries.Read(route.Root, directory, place);
            page = DirectoryPage.Write($"{context.Request.PathBase}{route.Url}/{place}", entries);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            FileLog.CannotOpen(services.Logger, route.Root.Path, failure.Message, place);
            services.Refuse(context, StatusCodes.Status500InternalServerError);
            return;
        }

        services.Announce(context);
        var answer = context.Response;
        answer.ContentType = "text/html; charset=utf-8";
        answer.ContentLength = page.Length;
        answer.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        answer.Headers.XContentTypeOptions = "nosniff";
        answer.Headers.CacheControl = "no-cache";
        FileResponse.Note(context, HttpMethods.IsHead(context.Request.Method) ? 0 : page.Length);
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await answer.BodyWriter.WriteAsync(page).ConfigureAwait(false);
        }
    }
}
