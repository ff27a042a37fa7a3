using Addergate.Settings.Values;

namespace Addergate.Settings.Declarations;

/// <summary>Processes beside the workers that serve no requests.</summary>
public static class ServiceDeclarations
{
    public static Setting<NamedText> Script { get; } = new()
    {
        Name = "service-script",
        Group = SettingGroup.Services,
        Kind = PairKind.OfPath("NAME FILE", "a name and the path of a Python script"),
        Form = SettingForm.RepeatedPair,
        Provenance = "mod_wsgi-express --service-script",
        Help = "Run a Python script in a process of its own beside the workers, for as long as the server runs; it is started "
            + "anew when it ends",
    };

    public static Setting<NamedText> User { get; } = new()
    {
        Name = "service-user",
        Group = SettingGroup.Services,
        Kind = PairKind.Of("NAME USER", "the name of a service script and a user"),
        Form = SettingForm.RepeatedPair,
        DefaultDescription = "that of the workers",
        Provenance = "mod_wsgi-express --service-user",
        Help = "User for that script, when started as root",
    };

    public static Setting<NamedText> Group { get; } = new()
    {
        Name = "service-group",
        Group = SettingGroup.Services,
        Kind = PairKind.Of("NAME GROUP", "the name of a service script and a group"),
        Form = SettingForm.RepeatedPair,
        DefaultDescription = "that user's group",
        Provenance = "mod_wsgi-express --service-group",
        Help = "Group for that script",
    };

    public static Setting<NamedText> LogFile { get; } = new()
    {
        Name = "service-log-file",
        Group = SettingGroup.Services,
        Kind = PairKind.Of("NAME FILE", "the name of a service script and a path; a relative one is in the log directory"),
        Form = SettingForm.RepeatedPair,
        DefaultDescription = "the error log",
        Provenance = "mod_wsgi-express --service-log-file",
        Help = "File for what that script prints",
    };
}
