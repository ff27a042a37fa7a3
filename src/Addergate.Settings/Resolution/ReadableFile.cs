using Addergate.Settings.Machines;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>A file that must be there and readable.</summary>
internal static class ReadableFile
{
    /// <summary>The absolute path; what is wrong with it is noted.</summary>
    internal static string Check(SettingValues values, IMachine machine, string written, string origin)
    {
        var path = Paths.Absolute(machine, written);
        var problem = machine.KindOf(path) switch
        {
            PathKind.Missing => $"there is no file {path}",
            PathKind.Directory => $"{path} is a directory, not a file",
            _ => machine.ProblemReading(path) is { } why ? $"{path} cannot be read: {why}" : null,
        };
        if (problem is not null)
        {
            values.Wrong($"{origin}: {problem}");
        }

        return path;
    }
}
