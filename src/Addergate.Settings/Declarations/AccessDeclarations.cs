using Addergate.Settings.Model;
using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>Who may come in.</summary>
public static class AccessDeclarations
{
    public static Setting<string> HostScript { get; } = new()
    {
        Name = "host-access-script",
        Group = SettingGroup.Access,
        Kind = TextKind.File,
        Provenance = "mod_wsgi-express --host-access-script",
        Help = "Python script whose allow_access(environ, host) says which addresses may ask: False is answered with 403",
    };

    public static Setting<string> UserScript { get; } = new()
    {
        Name = "auth-user-script",
        Group = SettingGroup.Access,
        Kind = TextKind.File,
        Provenance = "mod_wsgi-express --auth-user-script",
        Help = "Python script that knows users: check_password(environ, user, password), or get_realm_hash(environ, user, "
            + "realm) for Digest",
    };

    public static Setting<string> UserFile { get; } = new()
    {
        Name = "auth-user-file",
        Group = SettingGroup.Access,
        Kind = TextKind.File,
        Provenance = "Addergate's own, as Apache's AuthUserFile; mod_wsgi-express has no such option",
        Help = "File of users and passwords as htpasswd makes it; users that it does not know are the script's, if there is one",
    };

    public static Setting<AuthenticationType> Type { get; } = new()
    {
        Name = "auth-type",
        Group = SettingGroup.Access,
        Kind = ChoiceKind.Of<AuthenticationType>(
            "TYPE", [new("Basic", AuthenticationType.Basic), new("Digest", AuthenticationType.Digest)]),
        Default = AuthenticationType.Basic,
        Provenance = "mod_wsgi-express --auth-type",
        Help = "How browsers prove who they are. Digest hides the password where there is no HTTPS, and needs a script",
    };

    public static Setting<string> Realm { get; } = new()
    {
        Name = "auth-realm",
        Group = SettingGroup.Access,
        Kind = TextKind.Named("TEXT", "text without control characters"),
        DefaultDescription = "the name of the site",
        Provenance = "Addergate's own, as Apache's AuthName; mod_wsgi-express takes the host",
        Help = "What is being entered, as browsers show it; hashes for Digest are made with it",
    };

    public static Setting<string> GroupScript { get; } = new()
    {
        Name = "auth-group-script",
        Group = SettingGroup.Access,
        Kind = TextKind.File,
        Provenance = "mod_wsgi-express --auth-group-script",
        Help = "Python script whose groups_for_user(environ, user) names a user's groups",
    };

    public static Setting<string> Group { get; } = new()
    {
        Name = "auth-group",
        Group = SettingGroup.Access,
        Kind = TextKind.Named("NAME", "a name"),
        Default = "wsgi",
        Provenance = "mod_wsgi-express --auth-group",
        Help = "The group that a user must be in when there is --auth-group-script",
    };

    /// <summary>Those that name a Python script.</summary>
    public static IReadOnlyList<Setting> Scripts { get; } = [HostScript, UserScript, GroupScript];

    public static Setting<TimeSpan> CacheTime { get; } = new()
    {
        Name = "auth-cache-time",
        Group = SettingGroup.Access,
        Kind = DurationKind.Instance,
        Default = TimeSpan.FromSeconds(30),
        Provenance = "Addergate's own; Apache asks for every request unless mod_authn_socache is set up",
        Help = "How long the answers of the scripts are remembered: of passwords and groups for every URL, of addresses for the "
            + "same request. 0 asks each time",
    };
}
