using Addergate.Settings.Model;
using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>What is served.</summary>
public static class ApplicationDeclarations
{
    /// <summary>Also the positional argument of the command line; the named one wins, as in mod_wsgi-express.</summary>
    public static Setting<string> EntryPoint { get; } = new()
    {
        Name = "entry-point",
        Group = SettingGroup.Application,
        Kind = TextKind.Named("ENTRY", "a script, a module, or module:callable"),
        DefaultDescription = "a welcome page",
        Provenance = "mod_wsgi-express --entry-point",
        Help = "What to serve, same as ENTRY: a script of any extension (app.wsgi), a dotted module (mysite.wsgi), "
            + "or module:callable, where callable() is called once to make the application",
    };

    public static Setting<ApplicationType> Type { get; } = new()
    {
        Name = "application-type",
        Group = SettingGroup.Application,
        Kind = ChoiceKind.Of<ApplicationType>(
            "TYPE",
            [
                new("script", ApplicationType.Script), new("module", ApplicationType.Module),
                new("paste", ApplicationType.Paste), new("static", ApplicationType.Static),
            ]),
        DefaultDescription = "told from ENTRY",
        Provenance = "mod_wsgi-express --application-type (script there)",
        Help = "What ENTRY is: a script or a module whatever it looks like, paste for an .ini file of PasteDeploy, static for a "
            + "directory of files without an application",
    };

    public static Setting<string> Callable { get; } = new()
    {
        Name = "callable-object",
        Group = SettingGroup.Application,
        Kind = TextKind.Named("NAME", "a name, or a factory call as in create_app()"),
        Default = "application",
        Provenance = "mod_wsgi-express --callable-object",
        Help = "Name of the WSGI callable in it; with () the callable is made by calling that",
    };

    public static Setting<string> WorkingDirectory { get; } = new()
    {
        Name = "working-directory",
        Group = SettingGroup.Application,
        Kind = TextKind.Directory,
        DefaultDescription = "the current directory",
        Provenance = "mod_wsgi-express --working-directory",
        Help = "Current directory of the workers, and first entry of sys.path",
    };

    public static Setting<string> PythonPath { get; } = new()
    {
        Name = "python-path",
        Group = SettingGroup.Application,
        Kind = TextKind.Directory,
        Form = SettingForm.Repeated,
        Provenance = "mod_wsgi-express --python-path",
        Help = "Directory to put in front of sys.path; .pth files in it are read",
    };

    public static Setting<string> MountPoint { get; } = new()
    {
        Name = "mount-point",
        Group = SettingGroup.Application,
        Kind = TextKind.Named("URL", "a path that begins with a slash"),
        Default = "/",
        Provenance = "mod_wsgi-express --mount-point",
        Help = "URL that the application is below: its SCRIPT_NAME. All else is answered with 404",
    };

    public static Setting<string> ProcessGroup { get; } = new()
    {
        Name = "process-group",
        Group = SettingGroup.Application,
        Kind = TextKind.Named("NAME", "any text"),
        DefaultDescription = "localhost:PORT",
        Provenance = "mod_wsgi-express --process-group",
        Help = "What mod_wsgi.process_group says to the application",
    };

    public static Setting<NamedText> Variables { get; } = new()
    {
        Name = "setenv",
        Group = SettingGroup.Application,
        Kind = PairKind.Of("KEY VALUE", "a key and a text"),
        Form = SettingForm.RepeatedPair,
        Provenance = "mod_wsgi-express --setenv",
        Help = "Add a key to the WSGI environ of each request; os.environ is not touched",
    };

    public static Setting<string> PassedVariables { get; } = new()
    {
        Name = "passenv",
        Group = SettingGroup.Application,
        Kind = TextKind.Named("NAME", "the name of an environment variable"),
        Form = SettingForm.Repeated,
        Provenance = "mod_wsgi-express --passenv",
        Help = "Add a variable of the server's environment to the WSGI environ of each request",
    };

    public static Setting<bool> MapHeadToGet { get; } = new()
    {
        Name = "map-head-to-get",
        Group = SettingGroup.Application,
        Kind = new ValueKind<bool>(
            "Auto|On|Off",
            "Auto, On or Off",
            static text => text.ToLowerInvariant() switch
            {
                "on" => true,
                "off" or "auto" => false,
                _ => Parsed<bool>.Wrong("is none of Auto, On and Off"),
            },
            static value => value ? "On" : "Auto")
        {
            FileTypes = FileTypes.Boolean | FileTypes.Text,
        },
        Provenance = "mod_wsgi-express --map-head-to-get (Auto: GET when Apache's filters need the body; nothing here does)",
        Help = "Tell the application GET where the client asked HEAD; the client gets no body all the same",
    };
}
