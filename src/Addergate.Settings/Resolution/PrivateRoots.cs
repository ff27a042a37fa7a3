using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>Directories whose files only the application can have sent.</summary>
internal static class PrivateRoots
{
    internal static FileAlias[] Resolve(SettingValues values, IMachine machine)
    {
        var roots = new List<FileAlias>();
        foreach (var (pair, written) in values.Each(StaticDeclarations.PrivateRoot))
        {
            if (UrlPaths.Read(values, written.Origin, pair.Name) is not { } url)
            {
                continue;
            }

            var path = Paths.Absolute(machine, pair.Text);
            var kind = machine.KindOf(path);
            if (kind != PathKind.Directory)
            {
                values.Wrong(
                    $"{written.Origin} {pair.Name}: "
                    + (kind == PathKind.Missing ? $"there is no directory {path}" : $"{path} is not a directory"));
            }
            else if (path == "/")
            {
                values.Wrong($"{written.Origin} {pair.Name}: / is the whole machine", "name the directory of the files");
            }
            else if (url.Length == 0)
            {
                values.Wrong(
                    $"{written.Origin} /: every Location of the application would name a file", "write a path as in /protected");
            }
            else if (roots.Exists(other => other.Url == url))
            {
                values.Wrong($"{written.Origin} names {url} twice", "give each URL once");
            }

            roots.Add(new FileAlias(url, path, IsDirectory: true));
        }

        return [.. roots.OrderByDescending(static root => root.Url.Length)];
    }

    /// <summary>Finds what anybody could ask for, private or not.</summary>
    internal static void Check(SettingValues values, StaticSettings settings)
    {
        foreach (var root in settings.PrivateRoots)
        {
            var option = $"{StaticDeclarations.PrivateRoot.Option} {root.Url}";
            if (settings.DocumentRoot is { } documents && IsIn(root.Path, documents))
            {
                values.Wrong($"{option}: {root.Path} lies in the document root: anybody could ask for its files");
            }

            foreach (var alias in settings.Aliases)
            {
                if (alias.IsDirectory && IsIn(root.Path, alias.Path))
                {
                    values.Wrong(
                        $"{option}: {root.Path} is served as {alias.Url} ({StaticDeclarations.Alias.Option}): anybody could "
                        + "ask for its files");
                }
                else if (alias.Url == root.Url)
                {
                    values.Wrong($"{option}: {StaticDeclarations.Alias.Option} has that URL", "give each its own");
                }
            }
        }
    }

    private static bool IsIn(string path, string directory) =>
        path == directory || path.StartsWith(directory.TrimEnd('/') + "/", StringComparison.Ordinal);
}
