using System.Text;
using Addergate.Settings.Declarations;
using Addergate.Settings.Machines;
using Addergate.Settings.Model;
using Addergate.Settings.Sources;
using Addergate.Settings.Values;

namespace Addergate.Settings.Resolution;

/// <summary>Where logs go.</summary>
internal static class LogResolver
{
    // sockaddr_un, with its end.
    private const int LongestSocket = 107;

    internal static LogSettings Resolve(
        SettingValues values, IMachine machine, string serverRoot, List<string> warnings)
    {
        // As in mod_wsgi-express, a log directory goes before the terminal, and without either the server root has them.
        string? directory = null;
        if (values.TryGet(LogDeclarations.Directory, out var named))
        {
            directory = Paths.Absolute(machine, named);
            var origin = values.Written(LogDeclarations.Directory)!.Origin;
            switch (machine.KindOf(directory))
            {
                case PathKind.Missing:
                    values.Wrong($"{origin}: there is no directory {directory}", "make it first");
                    break;
                case PathKind.File:
                    values.Wrong($"{origin}: {directory} is a file, not a directory", "name the directory that logs are to be in");
                    break;
                default:
                    break;
            }
        }
        else if (!values.Get(LogDeclarations.ToTerminal))
        {
            directory = serverRoot;
        }

        var accessName = values.Get(LogDeclarations.AccessLogName);
        var errorName = values.Get(LogDeclarations.ErrorLogName);
        if (accessName == errorName && !SystemLogNames.Is(errorName))
        {
            values.Wrong(
                $"{LogDeclarations.AccessLogName.Option} and {LogDeclarations.ErrorLogName.Option} are the same: {errorName}",
                "give the two logs different names");
        }

        var syslogSocket = Socket(values, machine, LogDeclarations.SyslogSocket);
        var journalSocket = Socket(values, machine, LogDeclarations.JournalSocket);
        var errorSystemLog = SystemLogNames.Read(errorName, syslogSocket, journalSocket);
        var accessText = values.Get(LogDeclarations.AccessLog);
        var accessSystemLog = accessText == "off"
            ? null
            : SystemLogNames.Read(accessText == "on" ? accessName : accessText, syslogSocket, journalSocket);
        var (enabled, accessLog) = accessText switch
        {
            "off" => (false, null),
            _ when accessSystemLog is not null => (true, null),
            "on" => (true, directory is null ? null : Path.Combine(directory, accessName)),
            "-" => (true, null),
            var path => (true, NewFile.Check(
                values, machine, path, values.Written(LogDeclarations.AccessLog)!.Origin, serverRoot)),
        };
        var format = values.Get(LogDeclarations.AccessLogFormat);
        if (!enabled && values.Written(LogDeclarations.AccessLogFormat) is { } unused)
        {
            warnings.Add($"{unused.Origin} has no effect without {LogDeclarations.AccessLog.Option}");
        }

        var errorLog = directory is null || errorSystemLog is not null ? null : Path.Combine(directory, errorName);
        var isFile = errorLog is not null || accessLog is not null;
        Useless(
            LogDeclarations.AccessLogName,
            accessSystemLog is null && (directory is null || accessLog is null),
            "a log directory and an access log there");
        Useless(LogDeclarations.ErrorLogName, directory is null && errorSystemLog is null, "a log directory");
        Useless(LogDeclarations.SyslogSocket, !Uses(SystemLogKind.Syslog), "a log that goes to syslog:");
        var hasStartupLog = values.Get(LogDeclarations.StartupLog);
        var startupName = values.Get(LogDeclarations.StartupLogName);
        Useless(LogDeclarations.StartupLogName, !hasStartupLog, LogDeclarations.StartupLog.Option);
        if (hasStartupLog && directory is not null && (startupName == errorName || startupName == accessName))
        {
            values.Wrong($"{LogDeclarations.StartupLogName.Option}: another log is called {startupName}", "give it another name");
        }

        var rotates = values.Get(LogDeclarations.RotateLogs);
        var size = values.Get(LogDeclarations.MaximumLogSize);
        Useless(LogDeclarations.RotateLogs, rotates && !isFile, "a log that is a file");
        Useless(LogDeclarations.MaximumLogSize, !rotates, LogDeclarations.RotateLogs.Option);

        return new LogSettings
        {
            Level = values.Get(LogDeclarations.Level),
            ErrorLog = errorLog,
            ErrorSystemLog = errorSystemLog,
            AccessSystemLog = accessSystemLog,
            StartupLog = hasStartupLog ? Path.Combine(directory ?? serverRoot, startupName) : null,
            JournalSocket = journalSocket,
            ErrorLogFormat = values.Get(LogDeclarations.ErrorLogFormat),
            RotateAt = rotates ? size : null,
            AccessLogEnabled = enabled,
            AccessLog = accessLog,
            AccessLogFormat = format,
        };

        bool Uses(SystemLogKind kind) => errorSystemLog?.Kind == kind || accessSystemLog?.Kind == kind;

        void Useless(Setting setting, bool isUseless, string missing)
        {
            if (isUseless && values.Written(setting) is { } written)
            {
                warnings.Add($"{written.Origin} has no effect without {missing}");
            }
        }
    }
    private static string Socket(SettingValues values, IMachine machine, Setting<string> setting)
    {
        var path = Paths.Absolute(machine, values.Get(setting));
        if (Encoding.UTF8.GetByteCount(path) > LongestSocket)
        {
            values.Wrong($"{setting.Option}: {path} is longer than a socket's path can be ({LongestSocket} bytes)");
        }

        return path;
    }
}
