namespace Addergate.Settings.Model;

/// <summary>What is served without the application.</summary>
public sealed record StaticSettings
{
    /// <summary>Absolute, or null: its files go before the application.</summary>
    public string? DocumentRoot { get; init; }

    /// <summary>The longest URL first; each URL once.</summary>
    public IReadOnlyList<FileAlias> Aliases { get; init; } = [];

    /// <summary>Directories whose files only the application can have sent; the longest URL first, none of them empty.
    /// </summary>
    public IReadOnlyList<FileAlias> PrivateRoots { get; init; } = [];

    /// <summary>Names of index files, the preferred one first.</summary>
    public IReadOnlyList<string> DirectoryIndex { get; init; } = [];

    public bool DirectoryListing { get; init; }

    /// <summary>Whether links may lead out of the directories.</summary>
    public bool FollowSymlinks { get; init; }

    /// <summary>How long caches may keep what has no hash in its name; null = nothing is said.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Decoded paths without a slash at their end.</summary>
    public IReadOnlyList<string> ImmutableUrls { get; init; } = [];

    /// <summary>A file of further types, or null.</summary>
    public string? MimeTypes { get; init; }

    /// <summary>Whether responses are compressed, the application's too.</summary>
    public bool CompressResponses { get; init; }

    /// <summary>Whether any file has a URL.</summary>
    public bool ServesFiles => DocumentRoot is not null || Aliases.Count > 0;
}
