namespace Addergate.AspNetCore.Proxies;

/// <summary>A connection whose proxy did not say for whom it speaks; a feature of the connection. Its address is the
/// proxy's, but what came over it was not written there.</summary>
internal sealed class UnknownClient
{
    public static readonly UnknownClient Instance = new();

    private UnknownClient()
    {
    }
}
