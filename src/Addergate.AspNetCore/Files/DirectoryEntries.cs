using System.Globalization;
using Addergate.Posix.Files;

namespace Addergate.AspNetCore.Files;

/// <summary>What of a directory's content has a URL.</summary>
internal static class DirectoryEntries
{
    /// <summary>More than these nobody reads, and each costs an open.</summary>
    public const int Most = 5000;

    /// <summary>Directories first, both by name; at most one more than <see cref="Most"/>.</summary>
    /// <param name="root">Judges what is served.</param>
    /// <param name="directory">The directory.</param>
    /// <param name="place">Its path below the root with a slash at its end, or empty.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static List<DirectoryEntry> Read(FileRoot root, OpenedFile directory, string place)
    {
        var entries = new List<DirectoryEntry>();
        // By its descriptor, not by its name, which may lead elsewhere by now.
        var path = string.Create(
            CultureInfo.InvariantCulture, $"/proc/self/fd/{directory.Handle.DangerousGetHandle()}/");
        foreach (var entry in Directory.EnumerateFileSystemEntries(path))
        {
            var name = Path.GetFileName(entry);
            // The same rules as for a request: what is listed can be had.
            if (name.StartsWith('.')
                || FilePath.Map("/" + place + name, out _) is not { } relative
                || name.Contains('\uFFFD')
                || root.Open(relative, onlyCached: false, out _) is not { } file)
            {
                continue;
            }

            using (file)
            {
                if (file.Kind != OpenedFileKind.Special)
                {
                    entries.Add(new DirectoryEntry(
                        name,
                        file.Kind == OpenedFileKind.Directory,
                        file.Length,
                        DateTimeOffset.FromUnixTimeSeconds(file.ModifiedSeconds)));
                }
            }

            if (entries.Count > Most)
            {
                break;
            }
        }

        entries.Sort(static (a, b) =>
            a.IsDirectory != b.IsDirectory ? (a.IsDirectory ? -1 : 1) : string.CompareOrdinal(a.Name, b.Name));
        return entries;
    }
}
