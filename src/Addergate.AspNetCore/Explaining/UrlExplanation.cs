namespace Addergate.AspNetCore.Explaining;

/// <summary>The way of one request.</summary>
/// <param name="Url">The whole URL.</param>
/// <param name="Steps">In order; the last one answers.</param>
/// <param name="Answer">Its answer.</param>
public sealed record UrlExplanation(string Url, IReadOnlyList<UrlStep> Steps, UrlAnswer Answer);
