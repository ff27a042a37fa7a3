using System.Runtime.InteropServices;
using Addergate.AspNetCore.Files;
using Addergate.AspNetCore.Handovers;
using Addergate.Posix.Files;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.ErrorPages;

/// <summary>Pages that are files: named as such, or by a URL of the site that is a file's, or by one of a private root. No
/// other part of the server is asked, so that such a page is shown whatever has refused the request.</summary>
/// <param name="settings">The site's files.</param>
/// <param name="application">What is behind them. Files that its scripts answer for are not for reading.</param>
/// <param name="roots">Null where there are none.</param>
/// <param name="response">Sends files.</param>
/// <param name="services">Shared.</param>
internal sealed class ErrorPageFiles(
    StaticSettings settings,
    ApplicationSettings application,
    PrivateRoots? roots,
    FileResponse response,
    FileServices services)
{
    private readonly FileRoutes _routes = new(settings, application.Type != ApplicationType.Static, services.Time);

    /// <summary>Sends a page, on a thread that may wait for a disk. The status is set.</summary>
    /// <returns>What is wrong with it; null when it was sent. Empty when it is none of the files.</returns>
    public async Task<string?> TrySendAsync(HttpContext context, ErrorDocument document)
    {
        if (document.Kind == ErrorDocumentKind.File)
        {
            var root = new FileRoot(document.Target, isDirectory: false, followsLinks: true, services.Time);
            return await TrySendAsync(context, new FilePlace(root, "")).ConfigureAwait(false);
        }

        var path = document.Target.Split('?', 2)[0];
        return Find(path) is { } place && !application.Handlers.Any(handler => IsHandled(path, handler))
            ? await TrySendAsync(context, place).ConfigureAwait(false)
            : "";
    }

    private FilePlace? Find(string path)
    {
        if (roots?.FindByUrl(path) is { } spot)
        {
            return Place(spot.Root, spot.Below);
        }

        return _routes.Find(path, out var below) is { } route && Place(route.Root, below) is { } place
            // What the document root does not have is the application's.
            && !(route.FallsThrough && !IsFile(place))
                ? place
                : null;
    }

    private static FilePlace? Place(FileRoot root, ReadOnlySpan<char> below) =>
        FilePath.Map(below, out var namesDirectory) is { } name && namesDirectory != root.IsDirectory
            ? new FilePlace(root, name)
            : null;

    private static bool IsFile(FilePlace place)
    {
        using var file = place.Open("", onlyCached: false, out _);
        return file is { Kind: OpenedFileKind.Regular };
    }

    private static bool IsHandled(string path, FileHandler handler) =>
        path.Contains(handler.Extension, StringComparison.OrdinalIgnoreCase);

    private async Task<string?> TrySendAsync(HttpContext context, FilePlace place)
    {
        var file = place.Open("", onlyCached: false, out var error);
        if (file is not { Kind: OpenedFileKind.Regular })
        {
            file?.Dispose();
            return file is null ? $"cannot be opened ({Marshal.GetPInvokeErrorMessage(error)})" : "is no regular file";
        }

        var terms = new FileTerms(place.TypedName, Caching: null, IsWhole: true);
        await response.SendAsync(context, file, place, terms).ConfigureAwait(false);
        return null;
    }
}
