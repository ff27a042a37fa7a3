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
        Kind = TextKind.Named("FILE", "on, off, - for the terminal, or a path") with
        {
            FileTypes = FileTypes.Text | FileTypes.Boolean,
            Under = static (text, directory) => text is "on" or "off" or "-" ? text : TextKind.Under(text, directory),
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
