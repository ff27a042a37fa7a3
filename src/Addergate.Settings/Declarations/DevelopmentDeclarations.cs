using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>What helps while an application is written.</summary>
public static class DevelopmentDeclarations
{
    public static Setting<bool> DebugMode { get; } = new()
    {
        Name = "debug-mode",
        Group = SettingGroup.Development,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "mod_wsgi-express --debug-mode",
        Help = "Serve with one process and one thread that has the terminal, without time limits: pdb works in a request",
    };

    public static Setting<bool> Debugger { get; } = new()
    {
        Name = "enable-debugger",
        Group = SettingGroup.Development,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "mod_wsgi-express --enable-debugger (turns --debug-mode on, too)",
        Help = "Have pdb look at the exceptions of requests; turns --debug-mode on",
    };

    public static Setting<bool> DebuggerAtStart { get; } = new()
    {
        Name = "debugger-startup",
        Group = SettingGroup.Development,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "mod_wsgi-express --debugger-startup",
        Help = "Ask in pdb before the first request, for breakpoints; with --enable-debugger",
    };

    public static Setting<bool> Coverage { get; } = new()
    {
        Name = "enable-coverage",
        Group = SettingGroup.Development,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "mod_wsgi-express --enable-coverage (turns --debug-mode on, too)",
        Help = "Measure which lines run, with the application's package coverage, and write HTML pages at the end; turns --debug-mode on",
    };

    public static Setting<string> CoverageDirectory { get; } = new()
    {
        Name = "coverage-directory",
        Group = SettingGroup.Development,
        Kind = TextKind.Directory,
        DefaultDescription = "htmlcov in the server root",
        Provenance = "mod_wsgi-express --coverage-directory",
        Help = "Where --enable-coverage writes",
    };

    public static Setting<bool> Profiler { get; } = new()
    {
        Name = "enable-profiler",
        Group = SettingGroup.Development,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "mod_wsgi-express --enable-profiler (turns --debug-mode on, too; profiles the whole process there)",
        Help = "Profile the requests with cProfile, and write a file for pstats at the end; turns --debug-mode on",
    };

    public static Setting<string> ProfilerDirectory { get; } = new()
    {
        Name = "profiler-directory",
        Group = SettingGroup.Development,
        Kind = TextKind.Directory,
        DefaultDescription = "pstats in the server root",
        Provenance = "mod_wsgi-express --profiler-directory",
        Help = "Where --enable-profiler writes",
    };

    public static Setting<bool> Recorder { get; } = new()
    {
        Name = "enable-recorder",
        Group = SettingGroup.Development,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "mod_wsgi-express --enable-recorder (turns --debug-mode on there, and reads a request's whole body into memory)",
        Help = "Write every request and response to files, bodies included: secrets too",
    };

    public static Setting<string> RecorderDirectory { get; } = new()
    {
        Name = "recorder-directory",
        Group = SettingGroup.Development,
        Kind = TextKind.Directory,
        DefaultDescription = "archive in the server root",
        Provenance = "mod_wsgi-express --recorder-directory",
        Help = "Where --enable-recorder writes",
    };
}
