using Addergate.Settings.Machines;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>A file that the server is to write.</summary>
internal static class NewFile
{
    /// <summary>The absolute path; what keeps the server from writing there is noted.</summary>
    /// <param name="values">Where mistakes are noted.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="written">As the user wrote it.</param>
    /// <param name="origin">For people.</param>
    /// <param name="serverRoot">A directory that is made where it is not there.</param>
    internal static string Check(SettingValues values, IMachine machine, string written, string origin, string serverRoot)
    {
        var path = Paths.Absolute(machine, written);
        var directory = Path.GetDirectoryName(path) ?? "/";
        if (machine.KindOf(path) == PathKind.Directory)
        {
            values.Wrong($"{origin}: {path} is a directory", "name a file in it");
        }
        else if (directory != serverRoot && machine.KindOf(directory) != PathKind.Directory)
        {
            values.Wrong($"{origin}: there is no directory {directory}", "make it first");
        }

        return path;
    }
}
