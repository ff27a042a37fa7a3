using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;
using Addergate.Settings.Values;

namespace Addergate.Settings.Resolution;

/// <summary>Files that are served without the application.</summary>
internal static class StaticResolver
{
    internal static StaticSettings Resolve(
        SettingValues values, IMachine machine, ApplicationSettings application, List<string> warnings)
    {
        var settings = new StaticSettings
        {
            DocumentRoot = application.Type == ApplicationType.Static ? application.Entry : DocumentRoot(values, machine),
            Aliases = Aliases(values, machine, StaticDeclarations.Alias),
            PrivateRoots = PrivateRoots.Resolve(values, machine),
            DirectoryIndex = IndexNames(values),
            DirectoryListing = values.Get(StaticDeclarations.DirectoryListing),
            FollowSymlinks = values.Get(StaticDeclarations.FollowSymlinks),
            MaxAge = values.TryGet(StaticDeclarations.MaxAge, out var age) ? age : null,
            ImmutableUrls = ImmutableUrls(values),
            MimeTypes = MimeTypes(values, machine),
            CompressResponses = values.Get(StaticDeclarations.CompressResponses),
        };
        PrivateRoots.Check(values, settings);
        if (!settings.ServesFiles)
        {
            WarnWithoutFiles(values, warnings);
        }

        return settings;
    }

    private static string? DocumentRoot(SettingValues values, IMachine machine)
    {
        if (!values.TryGet(StaticDeclarations.DocumentRoot, out var written))
        {
            return null;
        }

        var path = Paths.Absolute(machine, written);
        if (machine.KindOf(path) is var kind and not PathKind.Directory)
        {
            values.Wrong(kind == PathKind.Missing
                ? $"{Origin(values, StaticDeclarations.DocumentRoot)}: there is no directory {path}"
                : $"{Origin(values, StaticDeclarations.DocumentRoot)}: {path} is not a directory");
        }

        return path;
    }

    private static FileAlias[] Aliases(SettingValues values, IMachine machine, Setting<NamedText> setting)
    {
        var aliases = new List<FileAlias>();
        foreach (var (pair, written) in values.Each(setting))
        {
            if (UrlPaths.Read(values, written.Origin, pair.Name) is not { } url)
            {
                continue;
            }

            var path = Paths.Absolute(machine, pair.Text);
            var kind = machine.KindOf(path);
            if (kind == PathKind.Missing)
            {
                values.Wrong($"{written.Origin} {pair.Name}: there is no file or directory {path}");
            }
            else if (url.Length == 0)
            {
                values.Wrong(
                    $"{written.Origin} /: nothing would be left for the application",
                    kind == PathKind.Directory ? $"write {StaticDeclarations.DocumentRoot.Option} {pair.Text}" : null);
            }
            else if (aliases.Exists(other => other.Url == url))
            {
                values.Wrong($"{written.Origin} names {url} twice", "give each URL once");
            }

            aliases.Add(new FileAlias(url, path, kind == PathKind.Directory));
        }

        return [.. aliases.OrderByDescending(static alias => alias.Url.Length)];
    }

    private static string[] IndexNames(SettingValues values)
    {
        var names = new List<string>();
        foreach (var (text, written) in values.Each(StaticDeclarations.DirectoryIndex))
        {
            foreach (var name in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (name.Contains('/') || name.StartsWith('.'))
                {
                    values.Wrong($"{written.Origin}: \"{name}\" is not the name of a file that is served", "write index.html");
                }

                names.Add(name);
            }
        }

        return [.. names];
    }

    private static string[] ImmutableUrls(SettingValues values)
    {
        var urls = new List<string>();
        foreach (var (text, written) in values.Each(StaticDeclarations.ImmutableUrl))
        {
            if (UrlPaths.Read(values, written.Origin, text) is { } url)
            {
                urls.Add(url);
            }
        }

        return [.. urls];
    }

    private static string? MimeTypes(SettingValues values, IMachine machine) =>
        values.TryGet(StaticDeclarations.MimeTypes, out var written)
            ? ReadableFile.Check(values, machine, written, Origin(values, StaticDeclarations.MimeTypes))
            : null;

    private static void WarnWithoutFiles(SettingValues values, List<string> warnings)
    {
        ReadOnlySpan<Setting> needFiles =
        [
            StaticDeclarations.DirectoryIndex, StaticDeclarations.DirectoryListing, StaticDeclarations.MaxAge,
            StaticDeclarations.ImmutableUrl,
        ];
        foreach (var setting in needFiles)
        {
            if (values.Written(setting) is { } idle)
            {
                warnings.Add(
                    $"{idle.Origin} has no effect without {StaticDeclarations.DocumentRoot.Option} or "
                    + StaticDeclarations.Alias.Option);
            }
        }
    }

    private static string Origin(SettingValues values, Setting setting) => values.Written(setting)?.Origin ?? setting.Option;
}
