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
        return !handlers.Table.MayHaveFile(path) || routes.Find(path, out _) is not { IsDocumentRoot: true } route
            ? next(context)
            : AnswerAsync(context, path, route.Root);
    }

    private async Task AnswerAsync(HttpContext context, string path, FileRoot root)
    {
        // Opening may wait for a disk.
        await Task.Yield();
        var end = handlers.Table.FindFile(path, root, out var name);
        if (end < 0)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        var url = path[..end];
        await handlers.DispatchAsync(context, handlers.Table.Find(url)!, name, url, path[end..]).ConfigureAwait(false);
    }
}
