using System.Runtime.InteropServices;
using Addergate.AspNetCore.Files;
using Addergate.Posix.Files;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Handovers;

/// <summary>
/// Sends the files that the application has handed over.
/// <code>
///  application ─► head ─HandoverRule─► no byte sent; at its end ─► here ─► FileResponse, or 404
/// </code>
/// The application's status and headers stay, but for those of its body.
/// </summary>
internal sealed class HandoverMiddleware(
    RequestDelegate next, PrivateRoots roots, FileResponse response, FileServices services)
{
    // A file that was asked for in the name of one user must not be given to another by a cache in between.
    private const string Caching = "private";

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context).ConfigureAwait(false);
        if (context.Features.Get<FileHandover>() is not { IsGivenUp: false } handover
            || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        // Off the thread that the response came on.
        await Task.Yield();
        context.Features.Set<FileHandover>(null);
        await SendAsync(context, handover).ConfigureAwait(false);
    }

    private Task SendAsync(HttpContext context, FileHandover handover)
    {
        var problem = "lies below no --private-root";
        foreach (var spot in Spots(handover))
        {
            if (FilePath.Map(spot.Below, out var namesDirectory) is not { } name || namesDirectory)
            {
                problem = "is no path of a file";
                continue;
            }

            var file = spot.Root.Open(name, onlyCached: false, out var error);
            if (file is { Kind: OpenedFileKind.Regular })
            {
                return SendAsync(context, file, new FilePlace(spot.Root, name));
            }

            if (OpenFailures.IsShortage(error))
            {
                return Refuse(context, handover, StatusCodes.Status503ServiceUnavailable, Describe(error));
            }

            problem = file is null ? Describe(error) : "is no regular file";
            file?.Dispose();
        }

        return Refuse(context, handover, StatusCodes.Status404NotFound, problem);
    }

    private IEnumerable<FileSpot> Spots(FileHandover handover)
    {
        if (handover.Header == HandoverRule.Sendfile)
        {
            return HandedPath.FromFile(handover.Value).SelectMany(roots.FindByFile);
        }

        return HandedPath.FromUrl(handover.Value) is { } url && roots.FindByUrl(url) is { } spot ? [spot] : [];
    }

    private Task SendAsync(HttpContext context, OpenedFile file, FilePlace place)
    {
        // A file has parts and states of its own, so the answer to a range that the application gave is not its answer.
        var answer = context.Response;
        answer.StatusCode = answer.StatusCode == StatusCodes.Status206PartialContent
            ? StatusCodes.Status200OK
            : answer.StatusCode;
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        var terms = new FileTerms(
            context.Request.PathBase + context.Request.Path,
            answer.Headers.Expires.Count == 0 ? Caching : null,
            IsWhole: !isRead || answer.StatusCode != StatusCodes.Status200OK);
        return response.SendAsync(context, file, place, terms);
    }

    private Task Refuse(HttpContext context, FileHandover handover, int status, string problem)
    {
        FileLog.HandedOverInVain(
            services.Logger,
            $"{context.Request.Method} {context.Request.PathBase}{context.Request.Path}",
            handover.Header,
            handover.Value,
            problem);
        services.Refuse(context, status);
        FileResponse.Note(context, -1);
        return Task.CompletedTask;
    }

    private static string Describe(int error) => $"cannot be opened ({Marshal.GetPInvokeErrorMessage(error)})";
}
