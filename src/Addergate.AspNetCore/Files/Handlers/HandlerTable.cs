using Addergate.Posix.Files;
using Addergate.Settings.Model;

namespace Addergate.AspNetCore.Files.Handlers;

/// <summary>Which files are answered for by a script, told from the last extension of their names. Immutable.</summary>
/// <param name="handlers">At least one, each extension once.</param>
internal sealed class HandlerTable(IReadOnlyList<FileHandler> handlers)
{
    /// <summary>The script for a file, or null.</summary>
    public string? Find(ReadOnlySpan<char> name)
    {
        var extension = Path.GetExtension(name);
        foreach (var handler in handlers)
        {
            if (extension.Equals(handler.Extension, StringComparison.OrdinalIgnoreCase))
            {
                return handler.Script;
            }
        }

        return null;
    }

    /// <summary>Whether a part of a path is called like such a file.</summary>
    public bool MayHaveFile(string path) => EndOfName(path, 0) >= 0;

    /// <summary>Looks for such a file at a path or above it, as Apache's AddHandler does: what follows it is for the script. May
    /// wait for a disk.</summary>
    /// <param name="path">Decoded path of a URL.</param>
    /// <param name="root">The document root.</param>
    /// <param name="name">The file's path below the root.</param>
    /// <returns>How much of the path names the file; -1 when there is none.</returns>
    public int FindFile(string path, FileRoot root, out string name)
    {
        name = "";
        for (var end = EndOfName(path, 0); end >= 0; end = EndOfName(path, end))
        {
            if (FilePath.Map(path.AsSpan(0, end), out _) is not { } mapped)
            {
                break;
            }

            using var file = root.Open(mapped, onlyCached: false, out _);
            // A directory may be called like such a file, and have one in it.
            if (file is { Kind: OpenedFileKind.Regular })
            {
                name = mapped;
                return end;
            }
        }

        return -1;
    }

    /// <summary>Where the next part of a path ends that is called like a handled file; -1 when there is none.</summary>
    private int EndOfName(string path, int from)
    {
        while (from < path.Length)
        {
            var slash = path.IndexOf('/', from + 1);
            var end = slash < 0 ? path.Length : slash;
            if (Find(path.AsSpan(from, end - from)) is not null)
            {
                return end;
            }

            from = end;
        }

        return -1;
    }
}
