using Addergate.Posix.Files;

namespace Addergate.AspNetCore.Files;

/// <summary>Where a file lies.</summary>
/// <param name="Root">Its root.</param>
/// <param name="Name">Its path below the root, of <see cref="FilePath"/>; empty where the root is the file.</param>
internal readonly record struct FilePlace(FileRoot Root, string Name)
{
    /// <summary>What its type is told from.</summary>
    public string TypedName => Root.IsDirectory ? Name : Root.Path;

    /// <summary>Opens it, or with an ending the file beside it.</summary>
    public OpenedFile? Open(string ending, bool onlyCached, out int error) => Root.Open(Name + ending, onlyCached, out error);
}
