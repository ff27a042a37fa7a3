using Addergate.Posix.Files;

namespace Addergate.AspNetCore.Files;

/// <summary>What is answered for directories.</summary>
/// <param name="names">Of index files, the preferred one first.</param>
/// <param name="lists">Whether directories without an index are listed.</param>
internal sealed class DirectoryIndex(IReadOnlyList<string> names, bool lists)
{
    /// <summary>Whether any directory is answered.</summary>
    public bool IsOn => names.Count > 0 || lists;

    /// <summary>Whether a directory is answered with a list, or with its index, which is opened. May wait for a disk.</summary>
    /// <param name="route">What the path belongs to.</param>
    /// <param name="name">The directory's path below the root.</param>
    /// <param name="index">The index, or null; disposed by the caller.</param>
    /// <param name="indexName">Its path below the root.</param>
    public bool IsAnswered(FileRoute route, string name, out OpenedFile? index, out string? indexName)
    {
        var place = name.Length == 0 ? "" : name + "/";
        foreach (var candidate in names)
        {
            indexName = place + candidate;
            index = route.Root.Open(indexName, onlyCached: false, out _);
            if (index is { Kind: OpenedFileKind.Regular })
            {
                return true;
            }

            index?.Dispose();
        }

        (index, indexName) = (null, null);
        // The top of the document root is where the application has its front page.
        return lists && !(route.FallsThrough && name.Length == 0);
    }
}
