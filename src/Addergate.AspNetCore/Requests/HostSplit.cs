namespace Addergate.AspNetCore.Requests;

/// <summary>Splits a Host header, which the web server has checked, into name (an IPv6 address keeps its brackets) and
/// port.</summary>
internal static class HostSplit
{
    public static void Split(ReadOnlySpan<char> host, out ReadOnlySpan<char> name, out ReadOnlySpan<char> port)
    {
        var colon = host.LastIndexOf(':');
        if (colon < 0 || host[colon..].Contains(']'))
        {
            name = host;
            port = default;
            return;
        }

        name = host[..colon];
        port = host[(colon + 1)..];
    }
}
