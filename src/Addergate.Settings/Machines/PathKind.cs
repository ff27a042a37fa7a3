namespace Addergate.Settings.Machines;

/// <summary>What is found at a path, links followed.</summary>
public enum PathKind
{
    Missing,

    /// <summary>Anything that can be opened: also a pipe or a device.</summary>
    File,

    Directory,
}
