using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>Files that are served without the application.</summary>
public static class StaticDeclarations
{
    public static Setting<string> DocumentRoot { get; } = new()
    {
        Name = "document-root",
        Group = SettingGroup.Static,
        Kind = TextKind.Directory,
        DefaultDescription = "none",
        Provenance = "mod_wsgi-express --document-root (an empty htdocs in the server root there)",
        Help = "Serve the files in this directory under /; what it does not have goes to the application",
    };

    public static Setting<NamedText> Alias { get; } = new()
    {
        Name = "url-alias",
        Group = SettingGroup.Static,
        Kind = PairKind.OfUrl("URL PATH", "the path of a URL, and a directory or a file"),
        Form = SettingForm.RepeatedPair,
        Provenance = "mod_wsgi-express --url-alias",
        Help = "Serve a directory, or one file, under a URL; the longest one that fits counts, and what is not there is 404",
    };

    public static Setting<NamedText> PrivateRoot { get; } = new()
    {
        Name = "private-root",
        Group = SettingGroup.Static,
        Kind = PairKind.OfUrl("URL DIRECTORY", "a path as in /protected, and a directory"),
        Form = SettingForm.RepeatedPair,
        Provenance = "Addergate's own (mod_wsgi follows Location: /path of a response with status 200 to any URL)",
        Help = "Files that only the application can have sent: by X-Accel-Redirect: URL/…, X-Sendfile: DIRECTORY/…, or "
            + "status 200 with Location: URL/…",
    };

    public static Setting<string> DirectoryIndex { get; } = new()
    {
        Name = "directory-index",
        Group = SettingGroup.Static,
        Kind = TextKind.Named("NAME…", "names of files, separated by spaces"),
        Form = SettingForm.Repeated,
        DefaultDescription = "none",
        Provenance = "mod_wsgi-express --directory-index",
        Help = "What to serve for a directory: the first of these files that is in it, as in index.html",
    };

    public static Setting<bool> DirectoryListing { get; } = new()
    {
        Name = "directory-listing",
        Group = SettingGroup.Static,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "mod_wsgi-express --directory-listing",
        Help = "List the files of a directory that has no index; the top of the document root stays the application's",
    };

    public static Setting<bool> FollowSymlinks { get; } = new()
    {
        Name = "follow-symlinks",
        Group = SettingGroup.Static,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "Addergate's own (Apache's Options FollowSymLinks, which mod_wsgi-express leaves on)",
        Help = "Follow symbolic links that lead out of the directory that is served; those that stay in it always work",
    };

    public static Setting<TimeSpan> MaxAge { get; } = new()
    {
        Name = "static-max-age",
        Group = SettingGroup.Static,
        Kind = DurationKind.Instance,
        DefaultDescription = "nothing is said: caches ask again as they see fit",
        Provenance = "Addergate's own",
        Help = "How long caches may keep files without asking again; those with a hash in their name are kept for a year",
    };

    public static Setting<string> ImmutableUrl { get; } = new()
    {
        Name = "immutable-url",
        Group = SettingGroup.Static,
        Kind = TextKind.Named("URL", "the path of a URL"),
        Form = SettingForm.Repeated,
        Provenance = "Addergate's own",
        Help = "Every file under this URL has a hash in its name, also where that cannot be told from a word",
    };

    public static Setting<bool> CompressResponses { get; } = new()
    {
        Name = "compress-responses",
        Group = SettingGroup.Static,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "mod_wsgi-express --compress-responses (deflate there, brotli or gzip here)",
        Help = "Compress what the application answers, and files, where the type is text and the client can read it",
    };

    public static Setting<string> MimeTypes { get; } = new()
    {
        Name = "mime-types",
        Group = SettingGroup.Static,
        Kind = TextKind.File,
        DefaultDescription = "a list of 380 endings that is built in",
        Provenance = "mod_wsgi-express --mime-types (the system's there)",
        Help = "Further types of files, in the format of /etc/mime.types: a type and its endings on each line",
    };
}
