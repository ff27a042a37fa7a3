namespace Addergate.AspNetCore.Proxies;

/// <summary>What one proxy says in a <c>Forwarded</c> field: whom it got the request from, and how.</summary>
/// <param name="For">The node, out of its quotes; null when it is not told.</param>
/// <param name="Host">The Host header that the proxy got.</param>
/// <param name="Proto">The scheme.</param>
internal readonly record struct ForwardedElement(string? For, string? Host, string? Proto);
