namespace Addergate.AspNetCore.Files;

/// <summary>How a file is sent. What the response says already (type, validators, caching) stays in any case.</summary>
/// <param name="Path">The decoded path of the URL, for the log.</param>
/// <param name="Caching"><c>Cache-Control</c>, or null.</param>
/// <param name="IsWhole">Whether all of it is sent under the status that the response has, whatever the request's conditions
/// and ranges are: an error page, or the answer to what is neither GET nor HEAD.</param>
internal readonly record struct FileTerms(string Path, string? Caching, bool IsWhole = false);
