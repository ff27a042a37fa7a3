namespace Addergate.AspNetCore.Explaining;

/// <summary>One stop of a request on its way through the server.</summary>
/// <param name="Stage">Which: <c>name</c>, <c>transport</c>, <c>certificate</c>, <c>access</c>, <c>status</c>,
/// <c>proxies</c>, <c>scripts</c>, <c>files</c>, <c>applications</c>.</param>
/// <param name="Text">What is decided there, for people.</param>
public sealed record UrlStep(string Stage, string Text);
