using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;

namespace Addergate.Settings.Resolution;

/// <summary>Where logs go.</summary>
internal static class LogResolver
{
    internal static LogSettings Resolve(
        SettingValues values, IMachine machine, string serverRoot, List<string> warnings)
    {
        // As in mod_wsgi-express, a log directory goes before the terminal, and without either the server root has them.
        string? directory = null;
        if (values.TryGet(LogDeclarations.Directory, out var named))
        {
            directory = Paths.Absolute(machine, named);
            if (machine.KindOf(directory) != PathKind.Directory)
            {
                var origin = values.Written(LogDeclarations.Directory)!.Origin;
                values.Wrong($"{origin}: there is no directory {directory}", "make it first");
            }
        }
        else if (!values.Get(LogDeclarations.ToTerminal))
        {
            directory = serverRoot;
        }

        var (enabled, accessLog) = values.Get(LogDeclarations.AccessLog) switch
        {
            "off" => (false, null),
            "on" => (true, directory is null ? null : Path.Combine(directory, "access_log")),
            "-" => (true, null),
            var path => (true, (string?)Paths.Absolute(machine, path)),
        };
        var format = values.Get(LogDeclarations.AccessLogFormat);
        if (!enabled && values.Written(LogDeclarations.AccessLogFormat) is { } unused)
        {
            warnings.Add($"{unused.Origin} has no effect without {LogDeclarations.AccessLog.Option}");
        }

        return new LogSettings
        {
            Level = values.Get(LogDeclarations.Level),
            ErrorLog = directory is null ? null : Path.Combine(directory, "error_log"),
            AccessLogEnabled = enabled,
            AccessLog = accessLog,
            AccessLogFormat = format,
        };
    }
}
