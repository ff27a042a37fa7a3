using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>Which interpreter runs the application.</summary>
public static class PythonDeclarations
{
    public static Setting<string> Executable { get; } = new()
    {
        Name = "python",
        Group = SettingGroup.Python,
        Kind = TextKind.Named("PATH", "a path, or the name of a command on PATH"),
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
}
