using Addergate.AspNetCore.Dispatch;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Files.Handlers;

/// <summary>Which files are answered for by a script in the workers. Thread-safe.</summary>
/// <param name="table">Which ones.</param>
/// <param name="root">The document root: what lies elsewhere is a plain file.</param>
/// <param name="dispatcher">Sends requests to the workers.</param>
internal sealed class FileHandlers(HandlerTable table, string root, WsgiDispatcher dispatcher)
{
    /// <summary>Which ones.</summary>
    public HandlerTable Table => table;

    /// <summary>Has a script answer for a file, which is there.</summary>
    /// <param name="context">The request.</param>
    /// <param name="script">The script.</param>
    /// <param name="name">Of the file, below the root.</param>
    /// <param name="url">Of the file, decoded: <c>SCRIPT_NAME</c>.</param>
    /// <param name="rest">What follows it: <c>PATH_INFO</c>.</param>
    public Task DispatchAsync(HttpContext context, string script, string name, string url, string rest)
    {
        context.Features.Set(new HandledFile(Path.Join(root, name), script));
        context.Request.PathBase = url;
        context.Request.Path = rest;
        return dispatcher.DispatchAsync(context);
    }
}
