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

        var accessName = values.Get(LogDeclarations.AccessLogName);
        var errorName = values.Get(LogDeclarations.ErrorLogName);
        if (accessName == errorName)
        {
            values.Wrong(
                $"{LogDeclarations.AccessLogName.Option} and {LogDeclarations.ErrorLogName.Option} are the same: {errorName}",
                "give the two logs different names");
        }

        var (enabled, accessLog) = values.Get(LogDeclarations.AccessLog) switch
        {
            "off" => (false, null),
            "on" => (true, directory is null ? null : Path.Combine(directory, accessName)),
            "-" => (true, null),
            var path => (true, (string?)Paths.Absolute(machine, path)),
        };
        var format = values.Get(LogDeclarations.AccessLogFormat);
        if (!enabled && values.Written(LogDeclarations.AccessLogFormat) is { } unused)
        {
            warnings.Add($"{unused.Origin} has no effect without {LogDeclarations.AccessLog.Option}");
        }

        var isFile = directory is not null || accessLog is not null;
        Useless(LogDeclarations.AccessLogName, directory is null || accessLog is null, "a log directory and an access log there");
        Useless(LogDeclarations.ErrorLogName, directory is null, "a log directory");
        var rotates = values.Get(LogDeclarations.RotateLogs);
        var size = values.Get(LogDeclarations.MaximumLogSize);
        Useless(LogDeclarations.RotateLogs, rotates && !isFile, "a log that is a file");
        Useless(LogDeclarations.MaximumLogSize, !rotates, LogDeclarations.RotateLogs.Option);

        return new LogSettings
        {
            Level = values.Get(LogDeclarations.Level),
            ErrorLog = directory is null ? null : Path.Combine(directory, errorName),
            ErrorLogFormat = values.Get(LogDeclarations.ErrorLogFormat),
            RotateAt = rotates ? size : null,
            AccessLogEnabled = enabled,
            AccessLog = accessLog,
            AccessLogFormat = format,
        };

        void Useless(Setting setting, bool isUseless, string missing)
        {
            if (isUseless && values.Written(setting) is { } written)
            {
                warnings.Add($"{written.Origin} has no effect without {missing}");
            }
        }
    }
}
