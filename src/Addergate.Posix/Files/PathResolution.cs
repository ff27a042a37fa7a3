namespace Addergate.Posix.Files;

/// <summary>How far a path may lead, and at what cost.</summary>
[Flags]
public enum PathResolution
{
    /// <summary>Below the directory, whatever links and names say.</summary>
    Beneath = 0,

    /// <summary>Links may lead anywhere.</summary>
    FollowLinks = 1,

    /// <summary>Only as far as the kernel knows the names by heart: it never waits for a disk, and says
    /// <see cref="Errno.Again"/> where it would have to.</summary>
    OnlyCached = 2,
}
