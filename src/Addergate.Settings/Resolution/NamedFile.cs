using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>A file that a setting names.</summary>
internal static class NamedFile
{
    /// <summary>Its absolute path, or null when the setting is not given. That there is no such file is noted as a mistake.</summary>
    /// <param name="values">What was written.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="noun">What the file is, for people: <c>script</c>.</param>
    /// <param name="advice">What to do when there is none, or null.</param>
    internal static string? Resolve(
        SettingValues values, IMachine machine, Setting<string> setting, string noun, string? advice = null)
    {
        if (!values.TryGet(setting, out var written))
        {
            return null;
        }

        var path = Paths.Absolute(machine, written);
        if (Problem(machine, path, noun) is { } problem)
        {
            values.Wrong($"{values.Written(setting)!.Origin}: {problem}", advice);
        }

        return path;
    }

    /// <summary>Why there is no such file, or null.</summary>
    internal static string? Problem(IMachine machine, string path, string noun) => machine.KindOf(path) switch
    {
        PathKind.Missing => $"there is no {noun} {path}",
        PathKind.Directory => $"{path} is a directory, not a {noun}",
        _ => null,
    };
}
