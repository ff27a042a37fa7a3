using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>Which interpreter runs the application.</summary>
public static class PythonDeclarations
{
    public static Setting<string> Executable { get; } = new()
    {
        Name = "python",
        Group = SettingGroup.Python,
        Kind = TextKind.Named("PATH", "a path, or the name of a command on PATH") with
        {
            Under = static (text, directory) => text.Contains('/') ? TextKind.Under(text, directory) : text,
        },
        DefaultDescription = "$VIRTUAL_ENV/bin/python, then python3 on PATH",
        Provenance = "Addergate's own: mod_wsgi is built for one Python",
        Help = "Interpreter that runs the application: CPython 3.9 or later, 64-bit",
    };

    public static Setting<string> Home { get; } = new()
    {
        Name = "python-home",
        Group = SettingGroup.Python,
        Kind = TextKind.Directory,
        Provenance = "mod_wsgi's python-home",
        Help = "Virtual environment or prefix whose bin/python runs the application",
    };

    public static Setting<string> Warnings { get; } = new()
    {
        Name = "python-warnings",
        Group = SettingGroup.Python,
        Kind = TextKind.Named("FILTER", "a warning filter as of Python's -W: error, ignore::DeprecationWarning"),
        Form = SettingForm.Repeated,
        Provenance = "mod_wsgi-express --python-warnings",
        Help = "Filter of Python warnings, as its own option -W takes it",
    };

    public static Setting<string> EggCache { get; } = new()
    {
        Name = "python-eggs",
        Group = SettingGroup.Python,
        Kind = TextKind.Directory,
        DefaultDescription = "Python's own",
        Provenance = "mod_wsgi-express --python-eggs (in the server root there)",
        Help = "Directory that eggs are unpacked into: PYTHON_EGG_CACHE of the workers",
    };

    public static Setting<TimeSpan> SwitchInterval { get; } = new()
    {
        Name = "switch-interval",
        Group = SettingGroup.Python,
        Kind = DurationKind.Instance,
        DefaultDescription = "Python's own, 5 ms",
        Provenance = "mod_wsgi-express --switch-interval",
        Help = "How long a thread may run Python while another waits for the GIL: sys.setswitchinterval()",
    };

    public static Setting<bool> FreeThreading { get; } = new()
    {
        Name = "free-threading",
        Group = SettingGroup.Python,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "mod_wsgi-express --free-threading",
        Help = "Run without the GIL; the Python must be a free-threaded build",
    };

    public static Setting<string> Locale { get; } = new()
    {
        Name = "locale",
        Group = SettingGroup.Python,
        Kind = TextKind.Named("NAME", "a locale that the machine has: de_DE.UTF-8, C.UTF-8"),
        DefaultDescription = "that of the environment; Python makes C.UTF-8 of C",
        Provenance = "mod_wsgi-express --locale",
        Help = "Locale of the workers: LC_ALL, put in force before the application is loaded",
    };

    public static Setting<string> Language { get; } = new()
    {
        Name = "lang",
        Group = SettingGroup.Python,
        Kind = TextKind.Named("NAME", "a locale that the machine has"),
        DefaultDescription = "that of the environment",
        Provenance = "mod_wsgi-express --lang (hidden there; --locale goes before it)",
        Help = "LANG of the workers",
    };

    public static Setting<bool> OrphanInterpreter { get; } = new()
    {
        Name = "orphan-interpreter",
        Group = SettingGroup.Python,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "mod_wsgi-express --orphan-interpreter",
        Help = "End workers without taking Python down: no exit handlers, for C extensions that crash there",
    };
}
