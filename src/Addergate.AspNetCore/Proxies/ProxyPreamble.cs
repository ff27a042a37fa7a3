using System.Net;

namespace Addergate.AspNetCore.Proxies;

/// <summary>What a proxy says of a connection before its first byte.</summary>
/// <param name="Length">Bytes of it, all to be left out.</param>
/// <param name="Source">The client; null when the proxy speaks for itself, or of no address: then those of the socket
/// stand.</param>
/// <param name="Destination">Where the client connected to.</param>
internal readonly record struct ProxyPreamble(int Length, IPEndPoint? Source, IPEndPoint? Destination);
