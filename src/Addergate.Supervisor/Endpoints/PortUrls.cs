using System.Net;
using System.Net.Sockets;
using Addergate.Settings.Model;
using Addergate.Wire.Control;

namespace Addergate.Supervisor.Endpoints;

/// <summary>The ports as people type them into a browser.</summary>
internal static class PortUrls
{
    public static IReadOnlyList<ServedUrl> Of(Ports ports) =>
    [
        .. ports.Sockets.Where(static port => port.Use != ListenerUse.Telemetry).Select(static port =>
            new ServedUrl(Url(port), port.IsSecure, IsPassed: !PortNames.IsOurs(port.Name))),
    ];

    /// <summary>The page with figures, or null.</summary>
    public static string? OfPage(Ports ports) =>
        ports.Sockets.FirstOrDefault(static port => port.Use == ListenerUse.Telemetry) is { } page ? Url(page) : null;

    private static string Url(Port port)
    {
        var (scheme, usual) = port.IsSecure ? ("https", 443) : ("http", 80);
        if (port.Address is not IPEndPoint { Address: var address })
        {
            return ListenSettings.UnixPrefix + port.Address;
        }

        var host = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            ? "localhost"
            : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}";
        return port.Number == usual ? $"{scheme}://{host}/" : $"{scheme}://{host}:{port.Number}/";
    }
}
