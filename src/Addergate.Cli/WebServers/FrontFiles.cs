namespace Addergate.Cli.WebServers;

/// <summary>Files that the web server in front serves itself.</summary>
/// <param name="Url">Decoded path without a slash at its end.</param>
/// <param name="Path">Absolute.</param>
/// <param name="IsDirectory">Else it is one file.</param>
/// <param name="CacheControl">The header for them, or null.</param>
internal sealed record FrontFiles(string Url, string Path, bool IsDirectory, string? CacheControl);
