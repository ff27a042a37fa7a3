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
}
