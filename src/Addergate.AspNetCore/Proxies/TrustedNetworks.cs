using System.Net;

namespace Addergate.AspNetCore.Proxies;

/// <summary>The proxies that are believed (<c>--trust-proxy</c>).</summary>
/// <param name="networks">As <c>10.0.0.0/8</c>.</param>
internal sealed class TrustedNetworks(IEnumerable<string> networks)
{
    private readonly IPNetwork[] _networks = [.. networks.Select(static network => IPNetwork.Parse(network))];

    public bool Contains(IPAddress? address)
    {
        if (address is null)
        {
            return false;
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
