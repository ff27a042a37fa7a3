namespace Addergate.Settings.Values;

/// <summary>Who is at the other end of a connection: a network, or whoever may connect to a Unix socket.</summary>
internal static class PeerKind
{
    /// <summary>A peer on a Unix socket, which has no address.</summary>
    internal const string Unix = "unix";

    internal static ValueKind<string> Instance { get; } = new(
        "NETWORK", "an IPv4 or IPv6 address, a network as in 10.0.0.0/8, or unix for whoever may connect to a Unix socket",
        Parse,
        static peer => peer);

    private static Parsed<string> Parse(string text)
    {
        if (text == Unix)
        {
            return text;
        }

        var network = NetworkKind.Instance.Parse(text);
        return network.Problem is { } problem ? Parsed<string>.Wrong(problem) : network.Value.ToString();
    }
}
