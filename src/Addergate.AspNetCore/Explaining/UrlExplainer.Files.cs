using System.Runtime.InteropServices;
using Addergate.AspNetCore.Files;
using Addergate.AspNetCore.Files.Handlers;
using Addergate.Posix;
using Addergate.Posix.Files;
using Addergate.Settings.Model;
using Microsoft.AspNetCore.Http;

namespace Addergate.AspNetCore.Explaining;

/// <summary>What the disk has for a URL.</summary>
public sealed partial class UrlExplainer
{
    // 7.
    private UrlAnswer? FindScript(string path)
    {
        var handlers = _settings.Main.Application.Handlers;
        if (handlers.Count == 0 || _settings.Static.DocumentRoot is not { } root
            || Routes().Find(path, out _) is not { IsDocumentRoot: true } route)
        {
            return null;
        }

        var table = new HandlerTable(handlers);
        var end = table.FindFile(path, route.Root, out var name);
        if (end < 0)
        {
            return Pass("scripts", "it names no file of a kind that a script answers for (--add-handler)");
        }

        var script = table.Find(path.AsSpan(0, end))!;
        return End(
            "scripts", $"{script} answers for {Path.Join(root, name)} (--add-handler)",
            new UrlAnswer(UrlAnswerKind.Script, null, script));
    }

    // 8.
    private UrlAnswer? FindFile(string path)
    {
        if (!_settings.Static.ServesFiles)
        {
            return null;
        }

        if (Routes().Find(path, out var below) is not { } route)
        {
            return Pass("files", "no --url-alias is at it or above it");
        }

        if (FilePath.Map(below, out var namesDirectory) is not { } name)
        {
            return NotThere(route, "hidden files, and names with \\ or control characters in them, are never served");
        }

        var directories = new DirectoryIndex(_settings.Static.DirectoryIndex, _settings.Static.DirectoryListing);
        using var file = route.Root.Open(name, onlyCached: false, out var error);
        var place = route.Root.IsDirectory ? Path.Join(route.Root.Path, name) : route.Root.Path + name;
        return FileVerdicts.Judge(route, file, error, namesDirectory, directories.IsOn) switch
        {
            FileVerdict.File => End(
                "files", $"{Option(route)} has {place}", new UrlAnswer(UrlAnswerKind.File, StatusCodes.Status200OK, place)),
            FileVerdict.Directory => AnswerDirectory(directories, route, name, place, path),
            FileVerdict.Forbidden => Refuse("files", StatusCodes.Status403Forbidden, $"{place} may not be read"),
            FileVerdict.Unavailable => Refuse("files", StatusCodes.Status503ServiceUnavailable, $"{place}: {Describe(error)}"),
            _ => NotThere(route, file switch
            {
                null => $"{place}: {Describe(error)}",
                { Kind: OpenedFileKind.Directory } => $"{place} is a directory (see --directory-index)",
                _ => $"{place} is no file that this URL could mean",
            }),
        };
    }

    private UrlAnswer? AnswerDirectory(DirectoryIndex directories, FileRoute route, string name, string place, string path)
    {
        if (!directories.IsAnswered(route, name, out var index, out var indexName))
        {
            return NotThere(route, $"the directory {place} has no index (--directory-index)");
        }

        using (index)
        {
            if (!path.EndsWith('/'))
            {
                return Redirect(
                    "files", StatusCodes.Status301MovedPermanently, new PathString(path).ToUriComponent() + "/",
                    $"{place} is a directory");
            }

            var file = index is null ? null : Path.Join(route.Root.Path, indexName);
            return file is null
                ? End(
                    "files", $"the list of {place} (--directory-listing)",
                    new UrlAnswer(UrlAnswerKind.List, StatusCodes.Status200OK, place))
                : End("files", $"{file} (--directory-index)", new UrlAnswer(UrlAnswerKind.File, StatusCodes.Status200OK, file));
        }
    }

    private UrlAnswer? NotThere(FileRoute route, string why) => route.FallsThrough
        ? Pass("files", $"{Option(route)}: {why}")
        : Refuse("files", StatusCodes.Status404NotFound, $"{Option(route)}: {why}");

    private FileRoutes Routes() =>
        new(_settings.Static, _settings.Main.Application.Type != ApplicationType.Static, TimeProvider.System);

    private static string Option(FileRoute route) =>
        route.IsDocumentRoot ? "--document-root" : $"--url-alias {route.Url}";

    // The system's own words for these are of no help to whoever sees a link there.
    private static string Describe(int error) => error switch
    {
        Errno.CrossesDevice => "a link leads out of the directory",
        Errno.TooManyLinks => "a link that is not followed",
        _ => Marshal.GetPInvokeErrorMessage(error),
    };
}
