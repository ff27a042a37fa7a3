using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>What the server reads its settings from, and what it leaves on disk.</summary>
public static class FileDeclarations
{
    public static Setting<string> Configuration { get; } = new()
    {
        Name = "config",
        Group = SettingGroup.Files,
        Kind = TextKind.File,
        DefaultDescription = "addergate.toml, [tool.addergate] in pyproject.toml or addergate.json in the current directory",
        Provenance = "Addergate's own",
        Help = "Configuration file: TOML, or JSON when its name ends in .json; the command line and the environment go before it",
    };

    public static Setting<string> ServerRoot { get; } = new()
    {
        Name = "server-root",
        Group = SettingGroup.Files,
        Kind = TextKind.Directory,
        DefaultDescription = "$TMPDIR or /tmp, addergate-HOST:PORT:UID",
        Provenance = "mod_wsgi-express --server-root",
        Help = "Directory for request bodies that do not fit in memory; made if it is not there. The default one is removed "
            + "when the server ends, unless something is left in it",
    };

    public static Setting<string> PidFile { get; } = new()
    {
        Name = "pid-file",
        Group = SettingGroup.Files,
        Kind = TextKind.File,
        DefaultDescription = "none is written",
        Provenance = "mod_wsgi-express --pid-file (in the server root there; here that directory belongs to the "
            + "application's user, and root must not write into it)",
        Help = "File to write the supervisor's process id to",
    };

    public static Setting<bool> SetupOnly { get; } = new()
    {
        Name = "setup-only",
        Group = SettingGroup.Files,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Provenance = "mod_wsgi-express --setup-only",
        Help = "Start nothing, and write what addergate setup-server writes: the settings and a script that starts and stops",
    };
}
