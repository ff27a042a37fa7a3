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
        SettingGroup.Names => "Names of the site",
        SettingGroup.Proxies => "Proxies in front",
        SettingGroup.Access => "Who may come in",
        SettingGroup.Workers => "Capacity",
        SettingGroup.Timeouts => "Timeouts",
        SettingGroup.Recycling => "Recycling of workers",
        SettingGroup.Resources => "Resources of each worker",
        SettingGroup.Requests => "Requests and responses",
        SettingGroup.Clients => "Slow and idle clients",
        SettingGroup.Static => "Static files",
        SettingGroup.Forwarding => "Other servers behind this one",
        SettingGroup.Services => "Service scripts",
        SettingGroup.Logs => "Logs",
        SettingGroup.Telemetry => "Metrics",
        SettingGroup.Development => "Development",
        SettingGroup.Identity => "Identity (when started as root)",
        SettingGroup.Files => "Server files",
        SettingGroup.Superseded => "Accepted without effect",
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, null),
    };
}
