using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>What the running server leaves on disk.</summary>
public static class FileDeclarations
{
    public static Setting<string> ServerRoot { get; } = new()
    {
        Name = "server-root",
        Group = SettingGroup.Files,
        Kind = TextKind.Directory,
        DefaultDescription = "$TMPDIR or /tmp, addergate-HOST:PORT:UID",
        Provenance = "mod_wsgi-express --server-root",
        Help = "Directory for the server's sockets and spooled request bodies; made if it is not there",
    };

    public static Setting<string> PidFile { get; } = new()
    {
        Name = "pid-file",
        Group = SettingGroup.Files,
        Kind = TextKind.File,
        DefaultDescription = "addergate.pid in the server root",
        Provenance = "mod_wsgi-express --pid-file",
        Help = "Where the supervisor's process id is written",
    };
}
