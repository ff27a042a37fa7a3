namespace Addergate.AspNetCore.Proxies;

/// <summary>A request whose peer told of a client as proxies do, although nobody trusts it; a feature of the request. What it
/// said has been removed, and its address need not be the client's.</summary>
internal sealed class UntrustedProxy
{
    public static readonly UntrustedProxy Instance = new();

    private UntrustedProxy()
    {
    }
}
