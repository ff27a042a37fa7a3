using Addergate.Wire.Control;

namespace Addergate.Supervisor.Endpoints;

/// <summary>What listening sockets are called when they are passed on: to the service manager, to a successor.</summary>
internal static class PortNames
{
    private const string Prefix = "addergate-";

    /// <summary>The names of those that the server bound itself.</summary>
    public static string Of(ListenerUse use) => Prefix + Plain(use);

    /// <summary>The names of those that somebody gave to the server.</summary>
    public static string Plain(ListenerUse use) => use switch
    {
        ListenerUse.Secure => "https",
        ListenerUse.Telemetry => "telemetry",
        _ => "http",
    };

    public static bool IsOurs(string name) => Array.Exists(Enum.GetValues<ListenerUse>(), use => name == Of(use));

    public static bool IsSecure(string name) => name == Of(ListenerUse.Secure) || name == Plain(ListenerUse.Secure);
}
