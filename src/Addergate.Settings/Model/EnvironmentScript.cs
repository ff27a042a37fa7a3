namespace Addergate.Settings.Model;

/// <summary>A script that a shell reads for the variables that it exports.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Shell">Absolute; it knows the command <c>.</c> of POSIX.</param>
public sealed record EnvironmentScript(string Path, string Shell);
