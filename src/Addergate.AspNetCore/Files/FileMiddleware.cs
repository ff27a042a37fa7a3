using System.Runtime.InteropServices;
using Addergate.Posix;
using Addergate.Posix.Files;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Files;

/// <summary>
/// Serves what is a file and hands on what is not.
/// <code>
///  path ─► alias ──────► open ─► file, directory page, or 404
///    └───► document root ► open ─► file, directory page, or the application
/// </code>
/// The first look never waits for a disk, so that a request for the application, whose path is no file, goes on in the same
/// thread.
/// </summary>
internal sealed class FileMiddleware(
    RequestDelegate next, FileRoutes routes, FileResponse response, DirectoryAnswers directories, FileServices services)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var route = routes.Find(path, out var below);
        if (route is null || (route.FallsThrough && !IsRead(context)))
        {
            return next(context);
        }

        if (FilePath.Map(below, out var namesDirectory) is not { } name)
        {
            return NotThere(context, route);
        }

        var file = route.Root.Open(name, onlyCached: true, out var error);
        if (file is null && error == Errno.Again)
        {
            return OpenAsync(context, route, name, namesDirectory);
        }

        return Answer(context, route, name, file, error, namesDirectory);
    }

    private async Task OpenAsync(HttpContext context, FileRoute route, string name, bool namesDirectory)
    {
        await Task.Yield();
        var file = route.Root.Open(name, onlyCached: false, out var error);
        await Answer(context, route, name, file, error, namesDirectory).ConfigureAwait(false);
    }

    private Task Answer(
        HttpContext context, FileRoute route, string name, OpenedFile? file, int error, bool namesDirectory)
    {
        switch (FileVerdicts.Judge(route, file, error, namesDirectory, directories.IsOn))
        {
            case FileVerdict.File when IsRead(context):
                return response.SendAsync(context, file!, new FilePlace(route.Root, name), context.Request.Path.Value!);
            case FileVerdict.File:
                file!.Dispose();
                services.RefuseMethod(context);
                return Task.CompletedTask;
            case FileVerdict.Directory:
                return AnswerDirectoryAsync(context, route, file!, name);
            case FileVerdict.Nothing:
                file?.Dispose();
                return NotThere(context, route);
            case FileVerdict.Forbidden:
                return Failed(context, route, error, StatusCodes.Status403Forbidden);
            default:
                return Failed(context, route, error, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private async Task AnswerDirectoryAsync(HttpContext context, FileRoute route, OpenedFile directory, string name)
    {
        await Task.Yield();
        using (directory)
        {
            var hasSlash = context.Request.Path.Value!.EndsWith('/');
            if (directories.TryAnswer(context, route, directory, name, hasSlash) is { } answer)
            {
                await answer.ConfigureAwait(false);
                return;
            }
        }

        await NotThere(context, route).ConfigureAwait(false);
    }

    private Task Failed(HttpContext context, FileRoute route, int error, int status)
    {
        FileLog.CannotOpen(services.Logger, route.Root.Path, Describe(error), context.Request.Path.Value!);
        services.Refuse(context, status);
        return Task.CompletedTask;
    }

    private Task NotThere(HttpContext context, FileRoute route)
    {
        if (route.FallsThrough)
        {
            return next(context);
        }

        services.Refuse(context, StatusCodes.Status404NotFound);
        return Task.CompletedTask;
    }

    private static string Describe(int error) => Marshal.GetPInvokeErrorMessage(error);

    private static bool IsRead(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
}
