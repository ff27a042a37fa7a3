using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>Scripts that answer beside the application, or choose it.</summary>
public static class ScriptDeclarations
{
    public static Setting<NamedText> Handler { get; } = new()
    {
        Name = "add-handler",
        Group = SettingGroup.Application,
        Kind = PairKind.OfExtension("EXT SCRIPT", "an extension of files, and a Python script"),
        Form = SettingForm.RepeatedPair,
        Provenance = "mod_wsgi-express --add-handler (a script is loaded with its first request there)",
        Help = "Have a script answer for the files with this extension below --document-root: its "
            + "handle_request(environ, start_response), with the file as SCRIPT_FILENAME",
    };

    public static Setting<string> Dispatch { get; } = new()
    {
        Name = "dispatch-script",
        Group = SettingGroup.Application,
        Kind = TextKind.File,
        Provenance = "mod_wsgi's WSGIDispatchScript (it runs in the front end there, and may choose a process group)",
        Help = "A script whose callable_object(environ) says for each request which application serves it: a name in "
            + "ENTRY, MODULE:NAME, FILE:NAME, or None",
    };

    public static Setting<string> Environment { get; } = new()
    {
        Name = "envvars-script",
        Group = SettingGroup.Application,
        Kind = TextKind.File,
        Provenance = "mod_wsgi-express --envvars-script (a generated envvars in the server root there)",
        Help = "A shell script that is read when the server starts, as the user of the application: the variables that it "
            + "exports are in os.environ",
    };

    public static Setting<string> Shell { get; } = new()
    {
        Name = "shell-executable",
        Group = SettingGroup.Application,
        Kind = TextKind.File with { Under = static (text, directory) => text.Contains('/') ? TextKind.Under(text, directory) : text },
        Default = "/bin/sh",
        Provenance = "mod_wsgi-express --shell-executable (that of the control script there)",
        Help = "The shell that reads --envvars-script",
    };
}
