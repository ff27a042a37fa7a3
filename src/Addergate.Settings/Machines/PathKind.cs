namespace Addergate.Settings.Machines;

/// <summary>What is found at a path, links followed.</summary>
public enum PathKind
{
    Missing,
    File,
    Directory,

    /// <summary>A socket, a device and the like.</summary>
    Other,
}
