using Addergate.Posix.Files;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Files.Handlers;

/// <summary>
/// Finds the file that a script answers for in a URL, as Apache's AddHandler does: any method, and what follows the file in the
/// path is for the script. What is no such file goes on as it came.
/// </summary>
internal sealed class HandlerMiddleware(RequestDelegate next, FileRoutes routes, FileHandlers handlers)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        return EndOfName(path, 0) < 0 || routes.Find(path, out _) is not { IsDocumentRoot: true } route
            ? next(context)
            : AnswerAsync(context, path, route.Root);
    }

    private async Task AnswerAsync(HttpContext context, string path, FileRoot root)
    {
        // Opening may wait for a disk.
        await Task.Yield();
        for (var end = EndOfName(path, 0); end >= 0; end = EndOfName(path, end))
        {
            var url = path[..end];
            if (FilePath.Map(url, out _) is not { } name)
            {
                break;
            }

            using var file = root.Open(name, onlyCached: false, out _);
            // A directory may be called like such a file, and have one in it.
            if (file is { Kind: OpenedFileKind.Regular })
            {
                await handlers.DispatchAsync(context, handlers.Find(url)!, name, url, path[end..]).ConfigureAwait(false);
                return;
            }
        }

        await next(context).ConfigureAwait(false);
    }

    /// <summary>Where the next part of a path ends that is called like a handled file; -1 when there is none.</summary>
    private int EndOfName(string path, int from)
    {
        while (from < path.Length)
        {
            var slash = path.IndexOf('/', from + 1);
            var end = slash < 0 ? path.Length : slash;
            if (handlers.Find(path.AsSpan(from, end - from)) is not null)
            {
                return end;
            }

            from = end;
        }

        return -1;
    }
}
