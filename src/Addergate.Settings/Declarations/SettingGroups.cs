namespace Addergate.Settings.Declarations;

/// <summary>Titles of the groups.</summary>
public static class SettingGroups
{
    public static string Title(SettingGroup group) => group switch
    {
        SettingGroup.Application => "Application",
        SettingGroup.Python => "Python",
        SettingGroup.Listening => "Listening",
        SettingGroup.Tls => "HTTPS",
        SettingGroup.Workers => "Capacity",
        SettingGroup.Timeouts => "Timeouts",
        SettingGroup.Requests => "Requests and responses",
        SettingGroup.Logs => "Logs",
        SettingGroup.Identity => "Identity (when started as root)",
        SettingGroup.Files => "Server files",
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, null),
    };
}
