namespace Addergate.Cli.Systemd;

/// <summary>Where the files of a service go.</summary>
/// <param name="Output">One directory for all of them, for a look or for a package; null for the places of the system.</param>
/// <param name="Root">What those places are below: empty for this system itself.</param>
internal sealed record ServiceFolders(string? Output, string Root)
{
    /// <summary>Whether this machine's systemd reads them there.</summary>
    internal bool IsSystem => Output is null && Root.Length == 0;

    internal string Unit(string file) => Path.Combine(Output ?? $"{Root}/etc/systemd/system", file);

    internal string LogRotation(string name) =>
        Output is null ? $"{Root}/etc/logrotate.d/{name}" : Path.Combine(Output, $"{name}.logrotate");

    internal string DirectoryEntries(string name) =>
        Output is null ? $"{Root}/etc/tmpfiles.d/{name}.conf" : Path.Combine(Output, $"{name}.tmpfiles.conf");

    /// <summary>Where it is remembered what was written.</summary>
    internal string Record(string name) =>
        Output is null ? $"{Root}/var/lib/addergate/{name}.written" : Path.Combine(Output, $".{name}.written");

    /// <summary>Makes the directories of files.</summary>
    /// <exception cref="IOException">One cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be made.</exception>
    internal static void MakeFor(IEnumerable<string> files)
    {
        foreach (var directory in files.Select(static file => Path.GetDirectoryName(file)!).Distinct())
        {
            Directory.CreateDirectory(directory);
        }
    }
}
