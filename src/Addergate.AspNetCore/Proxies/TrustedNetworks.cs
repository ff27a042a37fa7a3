using System.Net;

namespace Addergate.AspNetCore.Proxies;

/// <summary>The proxies that are believed (<c>--trust-proxy</c>).</summary>
/// <param name="networks">As <c>10.0.0.0/8</c>, or <c>unix</c>.</param>
internal sealed class TrustedNetworks(IReadOnlyList<string> networks)
{
    private const string Unix = "unix";

    private readonly bool _hasUnix = networks.Contains(Unix);
    private readonly IPNetwork[] _networks =
        [.. networks.Where(static network => network != Unix).Select(static network => IPNetwork.Parse(network))];

    /// <param name="address">Of a peer; null for one on a Unix socket, which has none.</param>
    public bool Contains(IPAddress? address)
    {
        if (address is null)
        {
            return _hasUnix;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        foreach (var network in _networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
