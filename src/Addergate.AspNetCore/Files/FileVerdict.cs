namespace Addergate.AspNetCore.Files;

/// <summary>What a path below a root comes to.</summary>
internal enum FileVerdict
{
    /// <summary>It is a file.</summary>
    File,

    /// <summary>It is a directory, and directories are answered.</summary>
    Directory,

    /// <summary>It is nothing that is served. So is a link that leads out of the root, or in a circle: nobody is told that it is
    /// there.</summary>
    Nothing,

    /// <summary>The server may not read it.</summary>
    Forbidden,

    /// <summary>The machine has no room for it just now.</summary>
    Unavailable,
}
