namespace Addergate.Supervisor.Endpoints;

/// <summary>What listening sockets are called when they are passed on: to the service manager, to a successor.</summary>
internal static class PortNames
{
    private const string Prefix = "addergate-";

    /// <summary>The names of those that the server bound itself.</summary>
    public static string Of(bool isSecure) => Prefix + Plain(isSecure);

    /// <summary>The names of those that somebody gave to the server.</summary>
    public static string Plain(bool isSecure) => isSecure ? "https" : "http";

    public static bool IsOurs(string name) => name == Of(false) || name == Of(true);

    public static bool IsSecure(string name) => name == Of(true) || name == Plain(true);
}
