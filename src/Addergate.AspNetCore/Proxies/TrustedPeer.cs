using System.Net;

namespace Addergate.AspNetCore.Proxies;

/// <summary>The trusted proxy that a request came from, for who passes it on; a feature of the request, whose own address may be
/// what that one said.</summary>
internal sealed record TrustedPeer(IPAddress Address);
