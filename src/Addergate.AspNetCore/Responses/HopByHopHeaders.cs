using System.Text;

namespace Addergate.AspNetCore.Responses;

/// <summary>Headers that belong to one connection (RFC 9110, 7.6.1), and are not passed on. An application may not set them
/// (PEP 3333), the worker refuses them, and here they are dropped should one come through.</summary>
internal static class HopByHopHeaders
{
    private static readonly string[] Names =
    [
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer",
        "Trailers", "Transfer-Encoding", "Upgrade",
    ];

    public static bool Contains(ReadOnlySpan<byte> name)
    {
        foreach (var hopByHop in Names)
        {
            if (name.Length == hopByHop.Length && Ascii.EqualsIgnoreCase(name, hopByHop))
            {
                return true;
            }
        }

        return false;
    }

    public static bool Contains(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
