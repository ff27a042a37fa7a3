using System.Net;

namespace Addergate.Dashboard;

/// <summary>
/// Whether a request was meant for this machine by name. The listener takes connections of this machine alone, but a browser
/// on it also makes them for pages of other sites, whose names somebody has let point here (DNS rebinding): then the Host
/// header says so.
/// </summary>
internal static class LocalHost
{
    /// <param name="host">The Host header's name, without its port.</param>
    public static bool IsMeant(string host)
    {
        var name = host.AsSpan().TrimEnd('.');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));
    }
}
