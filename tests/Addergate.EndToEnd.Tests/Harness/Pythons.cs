using System.Diagnostics;

namespace Addergate.EndToEnd.Tests.Harness;

/// <summary>The interpreters of this machine: Debian's and those of pyenv.</summary>
internal static class Pythons
{
    private const string Debian = "/usr/bin/python3";

    private static readonly Lazy<IReadOnlyList<(string Path, Version Version)>> Found = new(FindAll);

    /// <summary>Every CPython from 3.9 on, 64-bit.</summary>
    public static IReadOnlyList<string> Supported =>
        [.. Found.Value.Where(static p => p.Version >= new Version(3, 9)).Select(static p => p.Path)];

    /// <summary>Those that are too old.</summary>
    public static IReadOnlyList<string> TooOld =>
        [.. Found.Value.Where(static p => p.Version < new Version(3, 9)).Select(static p => p.Path)];

    /// <summary>What tests use that are not about the interpreter.</summary>
    public static string? Default => Supported.Count > 0 ? Supported[0] : null;

    private static List<(string Path, Version Version)> FindAll()
    {
        var versions = Path.Combine(
            System.Environment.GetEnvironmentVariable("PYENV_ROOT")
                ?? Path.Combine(System.Environment.GetEnvironmentVariable("HOME") ?? "/root", ".pyenv"),
            "versions");
        string[] candidates =
        [
            Debian,
            .. Directory.Exists(versions)
                ? Directory.EnumerateDirectories(versions).Order(StringComparer.Ordinal)
                    .Select(static directory => Path.Combine(directory, "bin", "python"))
                : [],
        ];
        return [.. candidates.Where(File.Exists).Select(static path => (path, VersionOf(path)))];
    }

    private static Version VersionOf(string path)
    {
        using var process = Process.Start(new ProcessStartInfo(path)
        {
            ArgumentList = { "-c", "import sys; sys.stdout.write('%d.%d.%d' % sys.version_info[:3])" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return Version.TryParse(text, out var version) ? version : new Version(0, 0);
    }
}
