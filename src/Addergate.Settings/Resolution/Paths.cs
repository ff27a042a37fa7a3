using Addergate.Settings.Machines;

namespace Addergate.Settings.Resolution;

/// <summary>Paths as users write them.</summary>
internal static class Paths
{
    /// <summary>Relative to the directory that the command was started in; <c>..</c> and doubled slashes taken out, links
    /// left alone.</summary>
    internal static string Absolute(IMachine machine, string path) => Absolute(machine.CurrentDirectory, path);

    internal static string Absolute(string directory, string path)
    {
        var full = Path.GetFullPath(path, directory);
        return full.Length > 1 ? Path.TrimEndingDirectorySeparator(full) : full;
    }
}
