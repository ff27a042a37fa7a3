namespace Addergate.Settings.Declarations;

/// <summary>Groups of settings, in the order that help shows them.</summary>
public enum SettingGroup
{
    Application,
    Python,
    Listening,
    Tls,
    Names,
    Proxies,
    Access,
    Workers,
    Timeouts,
    Recycling,
    Resources,
    Requests,
    Clients,
    Static,
    Forwarding,
    Services,
    Logs,
    Telemetry,
    Development,
    Identity,
    Files,

    /// <summary>Accepted without effect; not shown in help.</summary>
    Superseded,
}
