using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>Who everything but the supervisor runs as.</summary>
public static class IdentityDeclarations
{
    public static Setting<string> User { get; } = new()
    {
        Name = "user",
        Group = SettingGroup.Identity,
        Kind = TextKind.Named("USER", "a name, a number or #number") with { FileTypes = FileTypes.Text | FileTypes.Integer },
        DefaultDescription = "the current user",
        Provenance = "mod_wsgi-express --user",
        Help = "User for the front end and the workers, so that only the supervisor stays root",
    };

    public static Setting<string> Group { get; } = new()
    {
        Name = "group",
        Group = SettingGroup.Identity,
        Kind = TextKind.Named("GROUP", "a name, a number or #number") with { FileTypes = FileTypes.Text | FileTypes.Integer },
        DefaultDescription = "that user's group",
        Provenance = "mod_wsgi-express --group",
        Help = "Group for them",
    };

    public static Setting<string> SupplementaryGroups { get; } = new()
    {
        Name = "supplementary-groups",
        Group = SettingGroup.Identity,
        Kind = TextKind.Named("GROUPS", "names or numbers, separated by commas"),
        DefaultDescription = "those that the user is in",
        Provenance = "mod_wsgi: WSGIDaemonProcess supplementary-groups",
        Help = "Further groups for them, in the place of those that the user is in",
    };

    public static Setting<string> Root { get; } = new()
    {
        Name = "chroot",
        Group = SettingGroup.Identity,
        Kind = TextKind.Directory,
        DefaultDescription = "none",
        Provenance = "mod_wsgi: WSGIDaemonProcess chroot; paths are given as they are outside",
        Help = "Directory that the workers cannot leave; the application has to be in it, and Python's own library",
    };

    public static Setting<bool> RefuseRoot { get; } = new()
    {
        Name = "refuse-root",
        MayBePerApplication = false,
        Group = SettingGroup.Identity,
        Kind = SwitchKind.Instance,
        Form = SettingForm.Flag,
        Default = false,
        Provenance = "mod_wsgi-express always refuses",
        Help = "Do not start as root unless --user names somebody else for the application",
    };

    public static Setting<string> ScriptUser { get; } = new()
    {
        Name = "script-user",
        Group = SettingGroup.Identity,
        Kind = TextKind.Named("USER", "a name, a number or #number") with { FileTypes = FileTypes.Text | FileTypes.Integer },
        Provenance = "mod_wsgi: WSGIDaemonProcess script-user (403 at each request there)",
        Help = "Load the application only when its script and the directory around it belong to this user and nobody else can "
            + "write to them",
    };

    public static Setting<string> ScriptGroup { get; } = new()
    {
        Name = "script-group",
        Group = SettingGroup.Identity,
        Kind = TextKind.Named("GROUP", "a name, a number or #number") with { FileTypes = FileTypes.Text | FileTypes.Integer },
        Provenance = "mod_wsgi: WSGIDaemonProcess script-group (403 at each request there)",
        Help = "Load the application only when its script and the directory around it belong to this group and nobody outside "
            + "it can write to them",
    };
}
