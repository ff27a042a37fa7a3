namespace Addergate.Settings.Model;

/// <summary>Files under a URL.</summary>
/// <param name="Url">Decoded path without a slash at its end; empty for the root of the site.</param>
/// <param name="Path">Absolute.</param>
/// <param name="IsDirectory">Else it is one file.</param>
public sealed record FileAlias(string Url, string Path, bool IsDirectory);
