namespace Addergate.Settings.Model;

/// <summary>What is passed on to another server: all below a URL, or a host of its own.</summary>
/// <param name="Host">In lower case; null = whatever host is asked for.</param>
/// <param name="Url">Decoded path without a slash at its end; empty for a host.</param>
/// <param name="Target">Where to.</param>
public sealed record ForwardRule(string? Host, string Url, ForwardTarget Target);
