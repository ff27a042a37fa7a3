namespace Addergate.Posix.Files;

/// <summary>What a descriptor turned out to be.</summary>
public enum OpenedFileKind
{
    /// <summary>A FIFO, a device, a socket.</summary>
    Special,

    Regular,

    Directory,
}
