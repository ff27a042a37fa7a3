using Addergate.Settings.LogFormats;
using Addergate.Settings.Model;
using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>Logs.</summary>
public static class LogDeclarations
{
    public static Setting<LogLevelName> Level { get; } = new()
    {
        Name = "log-level",
        Group = SettingGroup.Logs,
        Kind = ChoiceKind.Of<LogLevelName>(
            "LEVEL",
            [
                new("debug", LogLevelName.Debug),
                new("info", LogLevelName.Info),
                new("warn", LogLevelName.Warn),
                new("error", LogLevelName.Error),
                new("critical", LogLevelName.Critical),
            ],
            // Apache's and Python's further words for the same.
            [
                new("notice", LogLevelName.Info),
                new("warning", LogLevelName.Warn),
                new("crit", LogLevelName.Critical),
                new("alert", LogLevelName.Critical),
                new("emerg", LogLevelName.Critical),
            ]),
        Default = LogLevelName.Warn,
        Provenance = "mod_wsgi-express --log-level",
        Help = "Least severity of the server's own records to log; what the application prints is always logged",
    };

    public static Setting<bool> ToTerminal { get; } = new()
    {
        Name = "log-to-terminal",
        Group = SettingGroup.Logs,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Default = true,
        Provenance = "mod_wsgi-express --log-to-terminal (off there: its logs hide in the server root)",
        Help = "Write errors to standard error and accesses to standard output",
    };

    public static Setting<string> Directory { get; } = new()
    {
        Name = "log-directory",
        Group = SettingGroup.Logs,
        Kind = TextKind.Directory,
        DefaultDescription = "the terminal",
        Provenance = "mod_wsgi-express --log-directory",
        Help = "Write error_log and access_log in this directory instead",
    };

    public static Setting<string> AccessLog { get; } = new()
    {
        Name = "access-log",
        Group = SettingGroup.Logs,
        Kind = TextKind.Named("FILE", $"on, off, - for the terminal, a path, {SystemLogNames.Syntax}") with
        {
            FileTypes = FileTypes.Text | FileTypes.Boolean,
            Parse = static text => SystemLogNames.Is(text) ? SystemLogNames.Check(text) : text,
            Under = static (text, directory) =>
                text is "on" or "off" or "-" || SystemLogNames.Is(text) ? text : TextKind.Under(text, directory),
        },
        Form = SettingForm.OptionalValue,
        Default = "off",
        Provenance = "mod_wsgi-express --access-log",
        Help = "Log each request; =FILE names another place than the terminal or the log directory",
    };

    public static Setting<string> AccessLogFormat { get; } = new()
    {
        Name = "access-log-format",
        Group = SettingGroup.Logs,
        Kind = new(
            "FORMAT",
            "common, combined, json, or a format in Apache's notation, as in %h %>s",
            ParseAccessFormat,
            static format => format),
        Default = AccessFormat.Combined,
        Provenance = "mod_wsgi-express --access-log-format (no default there)",
        Help = "Form of its lines",
    };

    public static Setting<string> ErrorLogFormat { get; } = new()
    {
        Name = "error-log-format",
        Group = SettingGroup.Logs,
        Kind = new(
            "FORMAT",
            "text, json, or a format in Apache's notation, as in [%{cu}t] [%l] %M",
            ParseErrorFormat,
            static format => format),
        Default = ErrorFormat.Text,
        Provenance = "mod_wsgi-express --error-log-format (Apache's own form there)",
        Help = "Form of the records of the error log",
    };

    public static Setting<string> AccessLogName { get; } = new()
    {
        Name = "access-log-name",
        Group = SettingGroup.Logs,
        Kind = FileName,
        Default = "access_log",
        Provenance = "mod_wsgi-express --access-log-name",
        Help = "Name of the access log in the log directory; or syslog: or journald: in its place",
    };

    public static Setting<string> ErrorLogName { get; } = new()
    {
        Name = "error-log-name",
        Group = SettingGroup.Logs,
        Kind = FileName,
        Default = "error_log",
        Provenance = "mod_wsgi-express --error-log-name",
        Help = "Name of the error log there; or syslog: or journald: in its place",
    };

    public static Setting<bool> StartupLog { get; } = new()
    {
        Name = "startup-log",
        Group = SettingGroup.Logs,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "mod_wsgi-express --startup-log",
        Help = "Write what is said until the server is ready, or why it does not start, to a file, too",
    };

    public static Setting<string> StartupLogName { get; } = new()
    {
        Name = "startup-log-name",
        Group = SettingGroup.Logs,
        Kind = FileName with { Syntax = "a file name without a directory" },
        Default = "startup_log",
        Provenance = "mod_wsgi-express --startup-log-name",
        Help = "Name of that file in the log directory, or in the server root where there is none",
    };

    public static Setting<string> SyslogSocket { get; } = new()
    {
        Name = "syslog-socket",
        Group = SettingGroup.Logs,
        Kind = TextKind.File,
        Default = "/dev/log",
        Provenance = "Addergate's own (syslog(3) knows only this one)",
        Help = "Socket of the syslog daemon",
    };

    public static Setting<string> JournalSocket { get; } = new()
    {
        Name = "journal-socket",
        Group = SettingGroup.Logs,
        Kind = TextKind.File,
        Default = "/run/systemd/journal/socket",
        Provenance = "Addergate's own (systemd has it there)",
        Help = "Socket of systemd's journal",
    };

    public static Setting<bool> RotateLogs { get; } = new()
    {
        Name = "rotate-logs",
        Group = SettingGroup.Logs,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Default = false,
        Provenance = "mod_wsgi-express --rotate-logs",
        Help = "Rename a log file to FILE.YYYY-MM-DD-HH_MM_SS (UTC) and begin a new one when it would grow over a size",
    };

    public static Setting<long> MaximumLogSize { get; } = new()
    {
        Name = "max-log-size",
        Group = SettingGroup.Logs,
        Kind = LogSize,
        Default = 5L << 20,
        Provenance = "mod_wsgi-express --max-log-size",
        Help = "That size; a plain number is in megabytes",
    };

    private static ValueKind<string> FileName => new(
        "NAME",
        $"a file name without a directory, {SystemLogNames.Syntax}",
        static text => SystemLogNames.Is(text) ? SystemLogNames.Check(text)
            : text.Contains('/') || text is "." or ".."
            ? Parsed<string>.Wrong("is not a file name: the directory is for --log-directory")
            : text,
        static text => text);

    // As there, where the option takes megabytes alone.
    private static ValueKind<long> LogSize
    {
        get
        {
            var size = SizeKind.Between(16 << 10, 1L << 40);
            return size with
            {
                Metavar = "MB",
                Syntax = "megabytes, or a number with K, M, G or T (powers of 1024), as in 500K; 16K or more",
                Parse = text => size.Parse(text.AsSpan().ContainsAnyExcept("0123456789.") ? text : text + "M"),
            };
        }
    }

    private static Parsed<string> ParseErrorFormat(string text)
    {
        string[] names = [ErrorFormat.Text, ErrorFormat.Json];
        if (names.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name)
        {
            return name;
        }

        if (!text.Contains('%'))
        {
            return Parsed<string>.Wrong("is neither text nor json, and no format with directives as in [%{cu}t] [%l] %M");
        }

        return ErrorFormat.TryRead(text, out var problem) is null ? Parsed<string>.Wrong(problem!) : text;
    }

    private static Parsed<string> ParseAccessFormat(string text)
    {
        string[] names = [AccessFormat.Common, AccessFormat.Combined, AccessFormat.Json];
        if (names.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name)
        {
            return name;
        }

        if (!text.Contains('%'))
        {
            return Parsed<string>.Wrong("is none of common, combined or json, and no format with directives as in %h %>s");
        }

        return AccessFormat.TryRead(text, out var problem) is null ? Parsed<string>.Wrong(problem!) : text;
    }
}
