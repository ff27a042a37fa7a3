using System.Net;

namespace Addergate.AspNetCore.Proxies;

/// <summary>
/// <c>X-Forwarded-For</c>: each proxy appends whom it got the request from. From the right, the first that is not itself
/// a trusted proxy is the client; all to its left is what that client made up.
/// </summary>
internal static class AddressChain
{
    /// <summary>False when no client can be told: there is no element, or one on the way that is no address.</summary>
    /// <param name="text">The elements, between commas; empty ones count as none.</param>
    /// <param name="trusted">The proxies.</param>
    /// <param name="client">The first that is no proxy, or the leftmost.</param>
    /// <param name="port">The client's, 0 if it is not told.</param>
    /// <param name="start">Where the client's element begins.</param>
    public static bool TryFindClient(
        ReadOnlySpan<char> text, TrustedNetworks trusted, out IPAddress client, out int port, out int start)
    {
        client = IPAddress.None;
        port = 0;
        start = -1;
        var end = text.Length;
        while (end >= 0)
        {
            var comma = text[..end].LastIndexOf(',');
            var element = text[(comma + 1)..end];
            var trimmed = element.Trim(" \t");
            if (!trimmed.IsEmpty)
            {
                if (!AddressText.TryParse(trimmed, out client, out port))
                {
                    return false;
                }

                start = comma + 1 + element.IndexOfAnyExcept(' ', '\t');
                if (!trusted.Contains(client))
                {
                    return true;
                }
            }

            end = comma;
        }

        return start >= 0;
    }
}
