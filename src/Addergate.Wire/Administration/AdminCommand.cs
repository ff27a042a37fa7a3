using System.Text.Json.Serialization;

namespace Addergate.Wire.Administration;

/// <summary>The commands that a running server takes; named in JSON as the subcommands of the program are.</summary>
public enum AdminCommand
{
    [JsonStringEnumMemberName("status")]
    Status,

    /// <summary>Loads the application anew; answered when that has succeeded or failed.</summary>
    [JsonStringEnumMemberName("reload")]
    Reload,

    /// <summary>Ends everything and starts the program anew in the same process, with the ports kept open.</summary>
    [JsonStringEnumMemberName("restart")]
    Restart,

    /// <summary>Starts the program anew beside this server, which ends when the new one serves.</summary>
    [JsonStringEnumMemberName("upgrade")]
    Upgrade,

    [JsonStringEnumMemberName("stop")]
    Stop,

    /// <summary>Replaces one worker; answered when its process has ended.</summary>
    [JsonStringEnumMemberName("evict")]
    Evict,

    [JsonStringEnumMemberName("reopen-logs")]
    ReopenLogs,
}
